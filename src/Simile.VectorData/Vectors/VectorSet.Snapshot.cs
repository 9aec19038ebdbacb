extern alias numerics;

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Simile.Index;
using Simile.Numerics.Files;
using Simile.VectorData.Storage;
using WholeFile = numerics::Simile.Numerics.Files.WholeFile;

namespace Simile.VectorData.Vectors;

/// <content>
/// The approximate index on the disk: a file of the index and a file that says which row has which id, at which change. Both are a cache:
/// missing, older than the removals that are listed, or damaged, they are ignored, and the index is built again.
/// </content>
internal sealed partial class VectorSet
{
    private const ulong Magic = 0x31_53_57_4F_52_4D_49_53; // SIMROWS1
    private const int HeaderBytes = 40;

    private string IndexPath => Path.Combine(_folder.Indexes, $"{_collection}-{Crc32C.Of(Encoding.UTF8.GetBytes(_column.Name)):x8}.index");

    private string RowsPath => Path.ChangeExtension(IndexPath, ".rows");

    private void SaveSnapshot(CancellationToken cancellationToken)
    {
        VectorIndex index;
        byte[] rows;
        var stamp = BinaryPrimitives.ReadUInt64LittleEndian(Guid.NewGuid().ToByteArray());
        _lock.EnterReadLock();
        try
        {
            if (_graph is null)
            {
                return;
            }

            // Rows that are removed from now on have a later change, so that opening removes them from the file's index too.
            index = _graph.Index;
            rows = RowsFile(stamp);
        }
        finally
        {
            _lock.ExitReadLock();
        }

        try
        {
            StoreFolder.Create(_folder.Indexes);
            index.Sequence = stamp;
            index.Save(IndexPath, cancellationToken);
            WholeFile.Write(RowsPath, file => file.Write(rows));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written is built again by the next process. Of two that save at once the stamps may differ: the same.
        }
    }

    // Header: magic, stamp of the index file, change, number of ids, checksum of the rows (u32, u32 of zeros); then a row number for each
    // id.
    private byte[] RowsFile(ulong stamp)
    {
        var rows = _graph!.Rows.ToArray();
        var file = new byte[HeaderBytes + rows.Length * sizeof(long)];
        MemoryMarshal.AsBytes<long>(rows).CopyTo(file.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(file, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(8), stamp);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), _sequence);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(24), rows.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(32), Crc32C.Of(file.AsSpan(HeaderBytes), Crc32C.Of(file.AsSpan(0, 32))));
        return file;
    }

    private void OpenSnapshot(StoreConnection connection, CollectionRow collection)
    {
        if (!IsApproximate || !File.Exists(RowsPath) || !File.Exists(IndexPath))
        {
            return;
        }

        try
        {
            var file = File.ReadAllBytes(RowsPath);
            if (file.Length < HeaderBytes
                || BinaryPrimitives.ReadUInt64LittleEndian(file) != Magic
                || BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(32))
                    != Crc32C.Of(file.AsSpan(HeaderBytes), Crc32C.Of(file.AsSpan(0, 32))))
            {
                return;
            }

            var sequence = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(16));
            if (sequence < collection.Trimmed || sequence > collection.Sequence)
            {
                return;
            }

            Adopt(
                connection,
                VectorIndex.Open(IndexPath),
                BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(8)),
                MemoryMarshal.Cast<byte, long>(file.AsSpan(HeaderBytes)),
                sequence);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A damaged file is built again.
        }
    }

    private void Adopt(StoreConnection connection, VectorIndex index, ulong stamp, ReadOnlySpan<long> rowOfId, long sequence)
    {
        var graph = new IndexPart(index, new RowMap());
        for (var id = 0; id < rowOfId.Length; id++)
        {
            if (rowOfId[id] > 0 && index.Contains(id))
            {
                graph.Rows.Add(rowOfId[id], id);
                _last = Math.Max(_last, rowOfId[id]);
            }
        }

        _graph = graph;
        RemoveVanished(connection, sequence);
        var stored = connection.Number($"SELECT count(*) FROM {_table} WHERE id <= $0", _last);
        if (index.Sequence != stamp || index.Dimensions != Dimensions
            || index.Metric != _column.Distance.Metric || graph.Rows.Count != stored)
        {
            graph.Dispose();
            (_graph, _last) = (null, 0);
        }
    }
}
