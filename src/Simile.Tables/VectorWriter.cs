using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>Writes a file of vectors incrementally; the extension decides the format.</summary>
/// <remarks>
/// Not thread-safe. The file gets its final name only when it is complete: disposing without <see cref="Finish"/> leaves no file. The first
/// call of <see cref="Append"/> decides whether the file has ids, labels and texts.
/// </remarks>
public abstract class VectorWriter : IDisposable
{
    private readonly WholeFile _file;

    private protected VectorWriter(string path, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
        _file = new WholeFile(path, 1 << 16);
    }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>Vectors written so far.</summary>
    public long Count { get; private set; }

    private protected FileStream Stream => _file.Stream;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Its path; the extension must be one of <see cref="VectorFile.Writable"/>.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    /// <exception cref="ArgumentException">The extension is not supported.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the file does not exist.</exception>
    public static VectorWriter Create(string path, int dimensions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => new NpyWriter(path, dimensions),
            ".fvecs" => new VecsWriter(path, dimensions),
            ".parquet" => new ParquetVectorWriter(path, dimensions),
            ".jsonl" or ".ndjson" => new JsonVectorWriter(path, dimensions),
            ".csv" => new DelimitedVectorWriter(path, dimensions, ','),
            ".tsv" => new DelimitedVectorWriter(path, dimensions, '\t'),
            _ =>
                throw new ArgumentException(
                    $"{path} has an extension that is not supported for vectors; use one of {string.Join(", ", VectorFile.Writable)}.",
                    nameof(path)),
        };
    }

    /// <summary>Appends vectors to the file.</summary>
    /// <exception cref="ArgumentException">The dimensions of the vectors differ from those of the file, or the length of a list differs
    /// from the number of vectors.</exception>
    public void Append(VectorSet vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        vectors.Validate();
        if (vectors.Vectors.Dimensions != Dimensions)
        {
            throw new ArgumentException(
                $"A vector of {vectors.Vectors.Dimensions} dimensions does not fit a file of {Dimensions}.", nameof(vectors));
        }

        Write(vectors);
        Count += vectors.Vectors.Count;
    }

    /// <summary>Writes the remaining data, flushes it to disk and gives the file its final name.</summary>
    public void Finish()
    {
        WriteRest();
        _file.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Write(VectorSet vectors);

    private protected virtual void WriteRest()
    {
    }

    /// <summary>Deletes the incomplete file if <see cref="Finish"/> was not called.</summary>
    protected virtual void Dispose(bool disposing) => _file.Dispose();
}
