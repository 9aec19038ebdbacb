using System.Runtime.CompilerServices;
using Simile.Index.Memory;

namespace Simile.Index.Codes;

/// <summary>Principal coordinates in 8 bits, all on one scale, so that distances between two codes are one product: what a graph is built on.</summary>
/// <remarks>The last four bytes of a code are minus the squared norm of the whole vector from the mean, as a float.</remarks>
internal sealed unsafe class BuildCodes : IDisposable
{
    private readonly NativeArray<sbyte> _codes;
    private readonly NativeArray<float> _norms;
    private readonly float _levels;

    /// <summary>Makes room.</summary>
    /// <param name="count">Number of vectors.</param>
    /// <param name="coordinates">Numbers of each.</param>
    /// <param name="greatest">What level 127 stands for; greater ones are cut.</param>
    public BuildCodes(int count, int coordinates, float greatest)
    {
        Coordinates = coordinates;
        Length = (coordinates + sizeof(float) + 63) & ~63;
        _codes = new NativeArray<sbyte>((long)count * Length);
        _norms = new NativeArray<float>(count);
        _levels = 127 / greatest;
        ProductScale = 1 / (_levels * _levels);
    }

    public int Coordinates { get; }

    /// <summary>Bytes of a code.</summary>
    public int Length { get; }

    /// <summary>What a product of two codes is multiplied by.</summary>
    public float ProductScale { get; }

    public sbyte* Pointer => _codes.Pointer;

    public void Encode(int slot, ReadOnlySpan<float> coordinates, float squaredNorm)
    {
        var code = _codes.Pointer + ((long)slot * Length);
        var norm = 0;
        for (var j = 0; j < Coordinates; j++)
        {
            code[j] = (sbyte)Math.Clamp(MathF.Round(coordinates[j] * _levels), -127, 127);
            norm += code[j] * code[j];
        }

        _norms[slot] = norm * ProductScale;
        Unsafe.WriteUnaligned(code + Length - sizeof(float), -squaredNorm);
    }

    /// <summary>Squared distance of two vectors, as far as their codes know it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Distance<TKernel>(int a, int b)
        where TKernel : struct, ICodeKernel
    {
        var x = _codes.Pointer + ((long)a * Length);
        var y = _codes.Pointer + ((long)b * Length);
        var product = TKernel.Bytes(x, y, Length) - Tail(x + Length - sizeof(float), y + Length - sizeof(float));
        return _norms[a] + _norms[b] - (2 * product * ProductScale);
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
            coordinates[j] = code[j] / _levels;
        }
    }

    public void Dispose()
    {
        _codes.Dispose();
        _norms.Dispose();
    }

    // The four bytes of the norm are no coordinates.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tail(sbyte* a, sbyte* b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]) + (a[3] * b[3]);
}
