using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Index.Quantization;

/// <summary>
/// The centroids of one subspace, component by component: component t of centroid c is <c>components[t · k + c]</c>, so that 8 centroids
/// fill one register. k is a multiple of 16.
/// </summary>
internal static unsafe class Codebook
{
    /// <summary>products[c] = Σ x[t] · component t of centroid c.</summary>
    public static void Dots(float* x, int width, float* components, int k, float* products)
    {
        for (var c = 0; c < k; c += 16)
        {
            var (a, b) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var t = 0; t < width; t++)
            {
                var factor = Vector256.Create(x[t]);
                a = Vector256.MultiplyAddEstimate(factor, Vector256.Load(components + (t * k) + c), a);
                b = Vector256.MultiplyAddEstimate(factor, Vector256.Load(components + (t * k) + c + 8), b);
            }

            a.Store(products + c);
            b.Store(products + c + 8);
        }
    }

    /// <summary>
    /// The centroid nearest to x: the one with the greatest product minus half of its squared length; ties go to the first.
    /// <paramref name="halfSquares"/> holds half of each centroid's squared length, <paramref name="products"/> is scratch for k numbers.
    /// </summary>
    public static int Nearest(float* x, int width, float* components, float* halfSquares, int k, float* products)
    {
        Dots(x, width, components, k, products);
        var best = Vector256.Create(float.NegativeInfinity);
        for (var c = 0; c < k; c += 8)
        {
            var closeness = Vector256.Load(products + c) - Vector256.Load(halfSquares + c);
            closeness.Store(products + c);
            best = Vector256.Max(best, closeness);
        }

        return First(products, k, Vector256.Create(Max(best)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First(float* values, int count, Vector256<float> wanted)
    {
        for (var c = 0; c < count; c += 8)
        {
            var equal = Vector256.Equals(Vector256.Load(values + c), wanted).ExtractMostSignificantBits();
            if (equal != 0)
            {
                return c + System.Numerics.BitOperations.TrailingZeroCount(equal);
            }
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector256<float> values)
    {
        var four = Vector128.Max(values.GetLower(), values.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
