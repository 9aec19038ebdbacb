using System.Runtime.InteropServices;
using Simile.VectorData.Model;
using Simile.VectorData.Values;

namespace Simile.VectorData.Storage;

/// <summary>Vectors as the tables hold them.</summary>
internal static class StoredVector
{
    /// <summary>The components of a stored vector, in the memory of its bytes.</summary>
    /// <param name="folder">The store, for the message.</param>
    /// <param name="column">The vector's property.</param>
    /// <param name="row">The record's row.</param>
    /// <param name="bytes">The stored bytes.</param>
    /// <param name="content">The stored checksum.</param>
    /// <exception cref="InvalidDataException">The bytes do not match the checksum or the dimensions.</exception>
    public static ReadOnlySpan<float> Checked(StoreFolder folder, VectorColumn column, long row, ReadOnlySpan<byte> bytes, long content) =>
        bytes.Length == column.Property.Dimensions * sizeof(float) && RowSum.OfVector(row, bytes) == content
            ? MemoryMarshal.Cast<byte, float>(bytes)
            : throw Failures.Damaged(folder.Path, $"the vector of row {row} does not match its checksum");
}
