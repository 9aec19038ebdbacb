using Simile.Index.Format;

namespace Simile.Index;

/// <content>Index files.</content>
public abstract partial class VectorIndex
{
    /// <summary>A number of the owner's that goes into the file and comes back from it: for instance up to which change of a store the index is current.</summary>
    public ulong Sequence { get; set; }

    /// <summary>Which index a file of it holds.</summary>
    private protected abstract IndexKind Kind { get; }

    /// <summary>Opens an index file of any kind: one of at most 64 MB is copied into memory, a larger one is mapped, and what of it is not searched is not read beyond the check.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="check">How much of it is compared with its checksums.</param>
    /// <remarks>
    /// A mapped file must stay as it is while the index is used; saving over it replaces it and leaves this index its old content. One that was cut off or
    /// overwritten in place is refused by the next call (<see cref="IOException"/>); where that happens in the middle of a call the system ends the process.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, of another format or of a later version.</exception>
    public static VectorIndex Open(string path, IndexCheck check = IndexCheck.All)
    {
        var file = IndexFile.Open(path, check);
        try
        {
            // The index that is read owns the file from then on, and disposes of it.
            VectorIndex index = file.Kind switch
            {
                IndexKind.Flat => FlatIndex.Read(file),
                IndexKind.Hnsw => HnswIndex.Read(file),
                IndexKind.Ivf => IvfIndex.Read(file),
                _ => throw file.Damaged($"holds an index of kind {(int)file.Kind}, which this Simile does not know"),
            };
            index.Sequence = file.Sequence;
            return index;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            // Its checksums are right and its numbers are not: somebody made it.
            file.Dispose();
            throw file.Damaged($"makes no sense ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the index to a file: whole or not at all. The file that was there stays until the new one is on the disk, and passes on its permissions.</summary>
    /// <remarks>Searches go on meanwhile; changes wait. Where several save to one file at once each of them writes a whole one, and the last remains. A link stays one: what it leads to is replaced.</remarks>
    /// <param name="path">Where the file shall stand.</param>
    /// <param name="cancellationToken">Stops soon; the file that was there stays.</param>
    /// <exception cref="IOException">The file cannot be written: no space, no permission, or the path leads to a folder, a pipe or a device.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Save(string path, CancellationToken cancellationToken = default)
    {
        using var writer = new IndexFileWriter(path, Kind, Metric, Dimensions, Sequence, cancellationToken);
        WriteSections(writer);
        writer.Commit();
    }

    /// <summary>Writes all that <see cref="Open"/> needs.</summary>
    private protected abstract void WriteSections(IndexFileWriter writer);
}
