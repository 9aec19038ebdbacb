using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Codes;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>Scores codes of <see cref="BuildCodes"/> against one of them as the query.</summary>
internal readonly unsafe struct BuildScorer<TKernel>(BuildCodes codes, int slot, short* query, bool products) : IScorer
    where TKernel : struct, ICodeKernel
{
    private readonly sbyte* _codes = codes.Pointer;
    private readonly int _length = codes.Length;
    private readonly short* _query = query;
    private readonly float _scale = 2 * codes.Step(slot);
    private readonly float _norms = products ? 0 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot)
    {
        var code = (byte*)_codes + ((long)slot * _length);
        for (var line = 0; line < _length; line += 64)
        {
            CachePrefetch.Level1(code + line);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Score(int a, int b, int c, int d)
    {
        var x = _codes + ((long)a * _length);
        var y = _codes + ((long)b * _length);
        var z = _codes + ((long)c * _length);
        var w = _codes + ((long)d * _length);
        var sums = Vector128.ConvertToSingle(TKernel.Bytes(_query, x, y, z, w, _length))
            * Vector128.Create(codes.Step(a), codes.Step(b), codes.Step(c), codes.Step(d)) * _scale;
        var half = _length - sizeof(float);
        return sums + _norms * Vector128.Create(*(float*)(x + half), *(float*)(y + half), *(float*)(z + half), *(float*)(w + half));
    }
}
