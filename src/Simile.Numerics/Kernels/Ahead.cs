using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Simile.Numerics.Kernels;

/// <summary>Asks for memory before it is needed. Any address may be given: what cannot be read is not.</summary>
internal static unsafe class Ahead
{
    /// <summary>Into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Soon(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>Into the second-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Later(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }
}
