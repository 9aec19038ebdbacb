using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>The width that a kernel works in.</summary>
internal enum KernelPath
{
    /// <summary>One number at a time: the slow, obvious twin.</summary>
    Scalar,

    /// <summary>Four floats at a time.</summary>
    Vector128,

    /// <summary>Eight floats at a time.</summary>
    Vector256,

    /// <summary>Sixteen floats at a time.</summary>
    Vector512,
}

/// <summary>Which widths this processor has.</summary>
internal static class KernelPaths
{
    /// <summary>The widest that is accelerated: what all kernels use unless a test asks for another.</summary>
    public static readonly KernelPath Best =
        Vector512.IsHardwareAccelerated ? KernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? KernelPath.Vector256
        : Vector128.IsHardwareAccelerated ? KernelPath.Vector128
        : KernelPath.Scalar;

    /// <summary>Every width up to the best.</summary>
    public static IEnumerable<KernelPath> Available => Enum.GetValues<KernelPath>().Where(path => path <= Best);
}
