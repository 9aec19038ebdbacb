using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Simile.Numerics.Kernels;

/// <summary>Prefetches memory. Any address is allowed: the processor ignores a prefetch from an address that cannot be read.</summary>
internal static unsafe class CachePrefetch
{
    /// <summary>Prefetch into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Level1(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>Prefetch into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Level2(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }
}
