using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Codes;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>Scores codes of <see cref="PrincipalCodes"/>, some of which have a larger step size.</summary>
/// <remarks>
/// A separate type, because one more field in the loop of <see cref="CodeScorer{TKernel}"/> costs 10 % of the queries per second.
/// </remarks>
internal readonly unsafe struct ScaledCodeScorer<TKernel>(byte* codes, CodeLayout layout, QueryWork query, float scale) : IScorer
    where TKernel : struct, ICodeKernel
{
    private readonly byte* _codes = codes;
    private readonly int _bytes = layout.Bytes;
    private readonly sbyte* _low = query.Nibbles.Low.Pointer;
    private readonly sbyte* _high = query.Nibbles.High.Pointer;
    private readonly short* _factors = query.Nibbles.Factors.Pointer;
    private readonly float _scale = scale;
    private readonly float _minusLowest = -query.Lowest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot)
    {
        var code = _codes + ((long)slot * _bytes);
        CachePrefetch.Level1(code);
        for (var line = 64; line < _bytes; line += 64)
        {
            CachePrefetch.Level1(code + line);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Score(int a, int b, int c, int d)
    {
        var x = _codes + ((long)a * _bytes);
        var y = _codes + ((long)b * _bytes);
        var z = _codes + ((long)c * _bytes);
        var w = _codes + ((long)d * _bytes);
        var sums = Vector128.ConvertToSingle(TKernel.Nibbles(x, y, z, w, _low, _high, _factors, _bytes));
        var half = _bytes - sizeof(float);
        var words = Vector128.Create(*(float*)(x + half), *(float*)(y + half), *(float*)(z + half), *(float*)(w + half));
        var fromMiddle = Vector128.MultiplyAddEstimate(sums, Vector128.Create(_scale), Vector128.Create(_minusLowest));
        return Vector128.MultiplyAddEstimate(fromMiddle, ScaledWord.Factors(words), words);
    }
}
