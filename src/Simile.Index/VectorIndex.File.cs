using Simile.Index.Format;

namespace Simile.Index;

/// <content>Index files.</content>
public abstract partial class VectorIndex
{
    /// <summary>
    /// A number of the caller that is stored in the file, for example the change sequence of a store that the index reflects.
    /// </summary>
    public ulong Sequence { get; set; }

    /// <summary>The type of index in the file.</summary>
    private protected abstract IndexKind Kind { get; }

    /// <summary>
    /// Opens an index file of any type. A file of up to 64 MB is copied into memory; a larger one is memory-mapped, and parts that no
    /// search needs are not read after the check.
    /// </summary>
    /// <param name="path">A file written by <see cref="Save"/>.</param>
    /// <param name="check">Which checksums to verify.</param>
    /// <remarks>
    /// A mapped file must not change while the index is used. Saving over it replaces the file and leaves this index its old content. A
    /// file that was truncated or overwritten in place is refused by the next call (<see cref="IOException"/>). If it happens during a
    /// call, the system ends the process.
    /// </remarks>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or cut off, or has another format or a later version.</exception>
    public static VectorIndex Open(string path, IndexCheck check = IndexCheck.All)
    {
        var file = IndexFile.Open(path, check);
        try
        {
            // The index takes ownership of the file.
            VectorIndex index = file.Kind switch
            {
                IndexKind.Flat => FlatIndex.Read(file),
                IndexKind.Hnsw => HnswIndex.Read(file),
                IndexKind.Ivf => IvfIndex.Read(file),
                _ => throw file.Damaged($"holds an index of kind {(int)file.Kind}, which this version of Simile does not support"),
            };
            index.Sequence = file.Sequence;
            return index;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            // The checksums are right but the values are not: the file was crafted.
            file.Dispose();
            throw file.Damaged($"makes no sense ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Saves the index atomically. An existing file stays until the new one is complete on the disk, and its permissions are kept.
    /// </summary>
    /// <remarks>
    /// Searches continue meanwhile; changes wait. If several processes save to one path, each writes a complete file and the last one wins.
    /// A link stays, and its target is replaced.
    /// </remarks>
    /// <param name="path">The path of the file.</param>
    /// <param name="cancellationToken">Stops soon. The existing file stays.</param>
    /// <exception cref="IOException">
    /// The file cannot be written: no space, no permission, or the path is a folder, a pipe or a device.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Save(string path, CancellationToken cancellationToken = default)
    {
        using var writer = new IndexFileWriter(path, Kind, Metric, Dimensions, Sequence, cancellationToken);
        WriteSections(writer);
        writer.Commit();
    }

    /// <summary>Writes the sections for <see cref="Open"/>.</summary>
    private protected abstract void WriteSections(IndexFileWriter writer);
}
