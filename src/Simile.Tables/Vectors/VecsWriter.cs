using System.Buffers.Binary;

namespace Simile.Tables;

/// <summary>Writes an fvecs file: for each vector its length as int32, then float32, little-endian.</summary>
internal sealed class VecsWriter(string path, int dimensions) : VectorWriter(path, dimensions)
{
    private protected override void Write(VectorSet vectors)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, Dimensions);
        for (var i = 0; i < vectors.Vectors.Count; i++)
        {
            Stream.Write(length);
            Stream.Write(NpyWriter.LittleEndian(vectors.Vectors[i]));
        }
    }
}
