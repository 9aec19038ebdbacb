using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>The vector width of a kernel.</summary>
internal enum KernelPath
{
    /// <summary>One component at a time: the slow, obvious twin.</summary>
    Scalar,

    /// <summary>Four floats at a time.</summary>
    Vector128,

    /// <summary>Eight floats at a time.</summary>
    Vector256,

    /// <summary>Sixteen floats at a time.</summary>
    Vector512,
}

/// <summary>The vector widths that this processor supports.</summary>
internal static class KernelPaths
{
    /// <summary>The widest hardware-accelerated path. Kernels use it unless a test chooses another.</summary>
    public static readonly KernelPath Best =
        Vector512.IsHardwareAccelerated ? KernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? KernelPath.Vector256
        : Vector128.IsHardwareAccelerated ? KernelPath.Vector128
        : KernelPath.Scalar;

    /// <summary>Every path up to the best.</summary>
    public static IEnumerable<KernelPath> Available => Enum.GetValues<KernelPath>().Where(path => path <= Best);
}
