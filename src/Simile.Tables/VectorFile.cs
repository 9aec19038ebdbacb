using Simile.Numerics;
using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>
/// Reads and writes files of vectors; the extension decides the format: .npy, .fvecs, .bvecs, .ivecs, .parquet, .jsonl and .ndjson; .csv
/// and .tsv can only be written.
/// </summary>
/// <remarks>
/// All numbers must be finite: a file with NaN or infinity is rejected, as is a truncated file or one with a wrong header. Memory is
/// allocated only after the length of the file has been checked against its header.
/// </remarks>
public static class VectorFile
{
    /// <summary>The file extensions that <see cref="Read"/> can read.</summary>
    public static IReadOnlyList<string> Readable { get; } = [".npy", ".fvecs", ".bvecs", ".ivecs", ".parquet", ".jsonl", ".ndjson"];

    /// <summary>The file extensions that <see cref="VectorWriter"/> and <see cref="Write"/> can write.</summary>
    public static IReadOnlyList<string> Writable { get; } = [".npy", ".fvecs", ".parquet", ".jsonl", ".ndjson", ".csv", ".tsv"];

    /// <summary>Whether the extension of a path is one of <see cref="Readable"/>.</summary>
    public static bool IsReadable(string path) => Readable.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a file of vectors. NumPy: floats of 16 to 64 bits, integers and booleans, in either byte order, row-major or column-major; one
    /// row of numbers is one vector. Parquet: the list column "vector" or "embedding", or the only list column; optional columns "id" or
    /// "path", "label" and "text". JSON lines: the same names. A file with any other extension is read as NumPy.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or truncated, or holds no vectors, vectors of different lengths, or
    /// NaN.</exception>
    public static VectorSet Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        RegularFile.Require(path);
        var set = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".fvecs" or ".bvecs" or ".ivecs" => new VectorSet(VecsReader.Read(path)),
            ".parquet" => ParquetVectors.Read(path, cancellationToken),
            ".jsonl" or ".ndjson" => JsonVectors.Read(path, cancellationToken),
            _ => new VectorSet(NpyReader.Read(path)),
        };
        RequireFinite(set.Vectors, path);
        return set;
    }

    /// <summary>
    /// Writes vectors as float32; the extension decides the format. NumPy and fvecs files cannot store ids, labels and texts.
    /// </summary>
    /// <exception cref="ArgumentException">The extension is not one of <see cref="Writable"/>, or the length of a list differs from the
    /// number of vectors.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the file does not exist.</exception>
    public static void Write(string path, VectorSet vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        using var writer = VectorWriter.Create(path, vectors.Vectors.Dimensions);
        writer.Append(vectors);
        writer.Finish();
    }

    private static void RequireFinite(VectorMatrix vectors, string path)
    {
        for (var i = 0; i < vectors.Count; i++)
        {
            var row = vectors[i];
            if (row.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var j)
            {
                throw new InvalidDataException(
                    $"{path} holds {(float.IsNaN(row[j]) ? "NaN" : "an infinity")} in row {i}, column {j} (counted from 0): "
                    + "vectors are finite numbers.");
            }
        }
    }
}
