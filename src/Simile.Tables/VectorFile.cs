using Simile.Numerics;
using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>Files of vectors, of the kind that their ending says: .npy, .fvecs, .bvecs, .ivecs, .parquet, .jsonl and .ndjson; written also as .csv and .tsv.</summary>
/// <remarks>
/// What is read is finite: a file that holds NaN or an infinity is refused, and so is one that is cut off or whose header lies. Nothing is allocated before the
/// file's length was compared with what its header says.
/// </remarks>
public static class VectorFile
{
    /// <summary>The endings of files that <see cref="Read"/> reads.</summary>
    public static IReadOnlyList<string> Readable { get; } = [".npy", ".fvecs", ".bvecs", ".ivecs", ".parquet", ".jsonl", ".ndjson"];

    /// <summary>The endings of files that <see cref="VectorWriter"/> and <see cref="Write"/> write.</summary>
    public static IReadOnlyList<string> Writable { get; } = [".npy", ".fvecs", ".parquet", ".jsonl", ".ndjson", ".csv", ".tsv"];

    /// <summary>Whether the ending of a path is one of <see cref="Readable"/>.</summary>
    public static bool IsReadable(string path) => Readable.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a file of vectors. NumPy: floats of 16 to 64 bits, integers and booleans, of either byte order, row after row or column after column; one row of
    /// numbers is one vector. Parquet: the list column "vector" or "embedding", or the only one; "id" or "path", "label" and "text" beside it. JSON lines: the
    /// same names. A file of another ending is taken for NumPy's.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or cut off, holds no vectors, vectors of different lengths, or NaN.</exception>
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

    /// <summary>Writes vectors as the kind of file that the ending says, and as float32. NumPy's and fvecs files have no place for ids, labels and texts.</summary>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Writable"/>, or a list has another length than there are vectors.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no folder for the file.</exception>
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
                throw new InvalidDataException($"{path} holds {(float.IsNaN(row[j]) ? "NaN" : "an infinity")} in row {i}, column {j} (counted from 0): vectors are finite numbers.");
            }
        }
    }
}
