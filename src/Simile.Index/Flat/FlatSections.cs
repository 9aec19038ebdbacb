using Simile.Index.Format;
using Simile.Index.Memory;

namespace Simile.Index.Flat;

/// <summary>Reads and writes the sections of a flat index (docs/formats/index.md).</summary>
internal readonly unsafe struct FlatSections(IndexFile file)
{
    public const string Header = "flat/header", Ids = "flat/ids", Free = "flat/free",
        Rows = "flat/rows", Scales = "flat/scales", Lengths = "flat/lengths";
    public const string Codes = "flat/codes", CodeOffsets = "flat/code-offsets",
        CodeSteps = "flat/code-steps", CodeErrors = "flat/code-errors", CodeLengths = "flat/code-lengths";

    /// <summary>The values of a section, in place, with a fixed number per row.</summary>
    /// <exception cref="InvalidDataException">The section has another length.</exception>
    public NativeArray<T> Values<T>(string name, int rows, int values)
        where T : unmanaged
    {
        if ((long)rows * values > file.Length)
        {
            throw file.Damaged($"is too short for {rows} vectors");
        }

        return new NativeArray<T>(file.Section(name).Values<T>((long)rows * values), (long)rows * values);
    }

    /// <summary>Writes the first values of an array.</summary>
    public static void Write<T>(IndexFileWriter writer, string name, NativeArray<T> values, long count)
        where T : unmanaged
    {
        writer.Begin(name, SectionRole.Values);
        values.Write(writer, count);
    }
}
