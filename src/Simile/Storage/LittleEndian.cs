using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Simile.Storage;

/// <summary>The stored form of vectors: float32, little-endian.</summary>
internal static class LittleEndian
{
    public static void Read(ReadOnlySpan<byte> bytes, Span<float> vector)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(vector));
        Swap(MemoryMarshal.Cast<float, int>(vector));
    }

    public static byte[] Write(ReadOnlySpan<float> vector)
    {
        var bytes = MemoryMarshal.AsBytes(vector).ToArray();
        Swap(MemoryMarshal.Cast<byte, int>(bytes.AsSpan()));
        return bytes;
    }

    private static void Swap(Span<int> words)
    {
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
