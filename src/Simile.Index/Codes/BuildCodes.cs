using System.Runtime.CompilerServices;
using Simile.Index.Memory;

namespace Simile.Index.Codes;

/// <summary>
/// Principal coordinates as 8-bit codes with one scale per vector, so that the distance of two codes is one product. The graph is built on
/// them.
/// </summary>
/// <remarks>The last four bytes of a code hold, as a float, minus the squared distance of the full vector from the mean.</remarks>
internal sealed unsafe class BuildCodes : IDisposable
{
    private const float Levels = 127;

    // Products of larger numbers would overflow a float.
    private const float Longest = 1e15f;

    private readonly NativeArray<sbyte> _codes;
    private readonly NativeArray<Size> _sizes;

    /// <summary>Allocates codes.</summary>
    /// <param name="count">Number of vectors.</param>
    /// <param name="coordinates">Number of coordinates of each.</param>
    public BuildCodes(int count, int coordinates)
    {
        Coordinates = coordinates;
        Length = (coordinates + sizeof(float) + 63) & ~63;
        _codes = new NativeArray<sbyte>((long)count * Length);
        _sizes = new NativeArray<Size>(count);
    }

    public int Coordinates { get; }

    /// <summary>Bytes per code.</summary>
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

    /// <summary>The step of a vector's code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Step(int slot) => _sizes[slot].Step;

    /// <summary>The squared distance of two vectors, as far as their codes represent it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Distance<TKernel>(int a, int b)
        where TKernel : struct, ICodeKernel
    {
        return _sizes[a].SquaredNorm + _sizes[b].SquaredNorm - (2 * Product<TKernel>(a, b));
    }

    /// <summary>The product of two vectors from the mean, as far as their codes represent it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Product<TKernel>(int a, int b)
        where TKernel : struct, ICodeKernel
    {
        var x = _codes.Pointer + ((long)a * Length);
        var y = _codes.Pointer + ((long)b * Length);
        return (TKernel.Bytes(x, y, Length) - Tail(x + Length - sizeof(float), y + Length - sizeof(float)))
            * _sizes[a].Step * _sizes[b].Step;
    }

    /// <summary>A vector's code as a query, with zeros in place of the norm.</summary>
    public void CopyQuery(int slot, short* levels)
    {
        var code = _codes.Pointer + ((long)slot * Length);
        for (var i = 0; i < Length; i++)
        {
            levels[i] = i < Length - sizeof(float) ? code[i] : (short)0;
        }
    }

    /// <summary>A vector's leading coordinates, as far as its code represents them.</summary>
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

    // The four bytes of the norm are not coordinates.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tail(sbyte* a, sbyte* b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]) + (a[3] * b[3]);

    /// <param name="SquaredNorm">Squared norm of the coded coordinates.</param>
    /// <param name="Step">The step of the code.</param>
    private readonly record struct Size(float SquaredNorm, float Step);
}
