using System.Runtime.CompilerServices;

namespace Simile.Models.Words;

/// <summary>
/// 1 / (1 + e^-x) from a table of 1,000 steps from -6 to 6, as in word2vec and gensim. Outside this range, training makes
/// no step.
/// </summary>
internal static class Sigmoid
{
    public const float Limit = 6;
    private const int Steps = 1000;
    private static readonly float[] Table = [.. Enumerable.Range(0, Steps + 1)
        .Select(i => (float)(1 / (1 + Math.Exp(Limit - (2 * Limit * i / Steps)))))];

    /// <summary>The value for x inside the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float x) => Table[(int)((x + Limit) * (Steps / (2 * Limit)))];
}
