using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>Writes a file of vectors bit by bit, of the kind that its ending says.</summary>
/// <remarks>
/// Not thread-safe. The file appears under its name only when it is whole: disposing without <see cref="Finish"/> leaves nothing. The first call of
/// <see cref="Append"/> decides which of ids, labels and texts the file has.
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

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its name, whose ending is one of <see cref="VectorFile.Writable"/>.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    /// <exception cref="ArgumentException">The ending is not known.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no folder for it.</exception>
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
            _ => throw new ArgumentException($"{path} has none of the endings of files of vectors: {string.Join(", ", VectorFile.Writable)}.", nameof(path)),
        };
    }

    /// <summary>Writes vectors behind those already written.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions than the file, or a list has another length than there are vectors.</exception>
    public void Append(VectorSet vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        vectors.Validate();
        if (vectors.Vectors.Dimensions != Dimensions)
        {
            throw new ArgumentException($"A vector of {vectors.Vectors.Dimensions} dimensions does not fit a file of {Dimensions}.", nameof(vectors));
        }

        Write(vectors);
        Count += vectors.Vectors.Count;
    }

    /// <summary>Writes what is left, brings everything to the disk and gives the file its name.</summary>
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

    /// <summary>Deletes what was written, where <see cref="Finish"/> was not called.</summary>
    protected virtual void Dispose(bool disposing) => _file.Dispose();
}
