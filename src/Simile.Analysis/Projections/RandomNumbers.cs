using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Analysis.Projections;

/// <summary>
/// A counter-based random generator: numbers depend on the counter, not on previous draws, so they are the same for any number of threads.
/// </summary>
internal static class RandomNumbers
{
    /// <summary>Eight numbers from 0 to <paramref name="limit"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Below(int limit, int seed, int stream, int epoch, int drawn)
    {
        var start = Mix(((uint)stream * 0x9E3779B9u) ^ Mix(((uint)epoch * 0x85EBCA6Bu) + (uint)seed));
        var bits = Mix(Vector256.Create(start + ((uint)drawn * 0x27D4EB2Fu)) + (Vector256<uint>.Indices * Vector256.Create(0x9E3779B1u)));
        // Scales 24 bits: exact for limits that a float represents exactly, and near enough above.
        var scaled = Vector256.ConvertToInt32(
            Vector256.ConvertToSingle(Vector256.ShiftRightLogical(bits, 8).AsInt32()) * Vector256.Create(limit / 16777216f));
        return Vector256.Min(scaled, Vector256.Create(limit - 1));
    }

    // The finalizer of MurmurHash3.
    private static uint Mix(uint h)
    {
        h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
        h = (h ^ (h >> 13)) * 0xC2B2AE35u;
        return h ^ (h >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> h)
    {
        h = (h ^ Vector256.ShiftRightLogical(h, 16)) * Vector256.Create(0x85EBCA6Bu);
        h = (h ^ Vector256.ShiftRightLogical(h, 13)) * Vector256.Create(0xC2B2AE35u);
        return h ^ Vector256.ShiftRightLogical(h, 16);
    }
}
