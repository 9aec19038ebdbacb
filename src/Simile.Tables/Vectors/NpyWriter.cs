using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Simile.Tables;

/// <summary>Writes a NumPy file: <see cref="NpyHeader"/>, then float32 [n, d], little-endian, row-major.</summary>
internal sealed class NpyWriter : VectorWriter
{
    public NpyWriter(string path, int dimensions)
        : base(path, dimensions) => Stream.Write(NpyHeader.Of("<f4", 0, dimensions));

    /// <summary>Numbers as little-endian bytes: a view on a little-endian machine, otherwise a copy.</summary>
    public static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<float> numbers)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(numbers);
        }

        var bytes = new byte[numbers.Length * sizeof(float)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), numbers[i]);
        }

        return bytes;
    }

    private protected override void Write(VectorSet vectors) => Stream.Write(LittleEndian(vectors.Vectors.AsSpan()));

    // Rewrite the header, because the number of rows is known only now.
    private protected override void WriteRest()
    {
        Stream.Position = 0;
        Stream.Write(NpyHeader.Of("<f4", Count, Dimensions));
    }
}
