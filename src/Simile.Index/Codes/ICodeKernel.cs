using System.Runtime.Intrinsics;

namespace Simile.Index.Codes;

/// <summary>The sums that score codes, in one vector width. Lengths are in bytes and multiples of 64.</summary>
/// <remarks>Used only as a type argument: the JIT specializes the search for each width.</remarks>
internal unsafe interface ICodeKernel
{
    /// <summary>
    /// Σ (x[i] and 15) · low[i] · factors[i / 2] + (x[i] / 16) · high[i] · factors[(length + i) / 2] for four codes x. Factors are at most
    /// <see cref="NibbleWeights.MostFactor"/>.
    /// </summary>
    static abstract Vector128<int> Nibbles(byte* a, byte* b, byte* c, byte* d, sbyte* low, sbyte* high, short* factors, int length);

    /// <summary>Σ query[i] · x[i] for four codes x. The query's bytes are at most 127.</summary>
    static abstract Vector128<int> Bytes(byte* query, sbyte* a, sbyte* b, sbyte* c, sbyte* d, int length);

    /// <summary>Σ query[i] · x[i] for four codes x.</summary>
    static abstract Vector128<int> Bytes(short* query, sbyte* a, sbyte* b, sbyte* c, sbyte* d, int length);

    /// <summary>Σ a[i] · b[i].</summary>
    static abstract int Bytes(sbyte* a, sbyte* b, int length);
}
