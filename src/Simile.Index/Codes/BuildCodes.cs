using System.Runtime.CompilerServices;
using Simile.Index.Memory;

namespace Simile.Index.Codes;

/// <summary>Principal coordinates in 8 bits, each vector's on a scale of its own, so that distances between two codes are one product: what a graph is built on.</summary>
/// <remarks>The last four bytes of a code are minus the squared norm of the whole vector from the mean, as a float.</remarks>
internal sealed unsafe class BuildCodes : IDisposable
{
    private const float Levels = 127;

    // Products of greater numbers would leave the range of a float.
    private const float Longest = 1e15f;

    private readonly NativeArray<sbyte> _codes;
    private readonly NativeArray<Size> _sizes;

    /// <summary>Makes room.</summary>
    /// <param name="count">Number of vectors.</param>
    /// <param name="coordinates">Numbers of each.</param>
    public BuildCodes(int count, int coordinates)
    {
        Coordinates = coordinates;
        Length = (coordinates + sizeof(float) + 63) & ~63;
        _codes = new NativeArray<sbyte>((long)count * Length);
        _sizes = new NativeArray<Size>(count);
    }

    public int Coordinates { get; }

    /// <summary>Bytes of a code.</summary>
    public int Length { get; }

    public sbyte* Pointer => _codes.Pointer;

    public void Encode(int slot, ReadOnlySpan<float> coordinates, float squaredNorm)
    {
        var code = _codes.Pointer + ((long)slot * Length);
        var greatest = 0f;
        for (var j = 0; j < Coordinates; j++)
        {
            greatest = MathF.Max(greatest, MathF.Abs(coordinates[j]));
        }

        greatest = greatest <= Longest ? greatest : Longest; // NaN too
        var levels = greatest > 0 ? Levels / greatest : 0;
        var norm = 0;
        for (var j = 0; j < Coordinates; j++)
        {
            var level = MathF.Round(coordinates[j] * levels);
            code[j] = (sbyte)(float.IsNaN(level) ? 0 : Math.Clamp(level, -Levels, Levels));
            norm += code[j] * code[j];
        }

        var step = greatest / Levels;
        _sizes[slot] = new Size(norm * step * step, step);
        Unsafe.WriteUnaligned(code + Length - sizeof(float), float.IsFinite(squaredNorm) ? -squaredNorm : float.MinValue);
    }

    /// <summary>What one level of a vector's code stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Step(int slot) => _sizes[slot].Step;

    /// <summary>Squared distance of two vectors, as far as their codes know it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Distance<TKernel>(int a, int b)
        where TKernel : struct, ICodeKernel
    {
        var x = _codes.Pointer + ((long)a * Length);
        var y = _codes.Pointer + ((long)b * Length);
        var product = TKernel.Bytes(x, y, Length) - Tail(x + Length - sizeof(float), y + Length - sizeof(float));
        var (first, second) = (_sizes[a], _sizes[b]);
        return first.SquaredNorm + second.SquaredNorm - (2 * product * first.Step * second.Step);
    }

    /// <summary>A vector's code as a query, with nothing where the norm is.</summary>
    public void CopyQuery(int slot, short* levels)
    {
        var code = _codes.Pointer + ((long)slot * Length);
        for (var i = 0; i < Length; i++)
        {
            levels[i] = i < Length - sizeof(float) ? code[i] : (short)0;
        }
    }

    /// <summary>A vector's leading coordinates, as far as its code knows them.</summary>
    public void CopyCoordinates(int slot, float* coordinates, int count)
    {
        var code = _codes.Pointer + ((long)slot * Length);
        for (var j = 0; j < count; j++)
        {
            coordinates[j] = code[j] * _sizes[slot].Step;
        }
    }

    public void Dispose()
    {
        _codes.Dispose();
        _sizes.Dispose();
    }

    // The four bytes of the norm are no coordinates.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tail(sbyte* a, sbyte* b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]) + (a[3] * b[3]);

    /// <param name="SquaredNorm">Of the coordinates as they are coded.</param>
    /// <param name="Step">What a level stands for.</param>
    private readonly record struct Size(float SquaredNorm, float Step);
}
