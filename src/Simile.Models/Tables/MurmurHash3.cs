using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Simile.Models.Tables;

/// <summary>Appleby's MurmurHash3 x86 32 with seed 0 of a text's UTF-8, as scikit-learn's <c>FeatureHasher</c> takes it.</summary>
internal static class MurmurHash3
{
    private const uint First = 0xCC9E2D51;
    private const uint Second = 0x1B873593;
    private const int OnStack = 256;

    /// <summary>The hash as a signed number.</summary>
    public static int Hash(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        return Hash(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0u;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            hash = (BitOperations.RotateLeft(hash, 13) * 5) + 0xE6546B64;
        }

        var tail = 0u;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        hash ^= Mix(tail) ^ (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return (int)(hash ^ (hash >> 16));
    }

    private static uint Mix(uint value) => BitOperations.RotateLeft(value * First, 15) * Second;
}
