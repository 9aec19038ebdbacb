using System.Numerics;

namespace Simile.Analysis;

/// <summary>The nearest centroid of a point, and the distances of the nearest two.</summary>
/// <param name="Centroid">Its index. Ties go to the first.</param>
/// <param name="First">Half of the squared distance minus half of the point's squared length.</param>
/// <param name="Second">The distance to the second nearest; infinity if there is none.</param>
internal readonly record struct Nearest(int Centroid, float First, float Second)
{
    /// <summary>The two smallest values of halfSquares[c] − products[c].</summary>
    public static Nearest Of(ReadOnlySpan<float> products, ReadOnlySpan<float> halfSquares)
    {
        var (least, next) = (new Vector<float>(float.PositiveInfinity), new Vector<float>(float.PositiveInfinity));
        var c = 0;
        for (; c <= products.Length - Vector<float>.Count; c += Vector<float>.Count)
        {
            var value = new Vector<float>(halfSquares[c..]) - new Vector<float>(products[c..]);
            next = Vector.Min(next, Vector.Max(least, value));
            least = Vector.Min(least, value);
        }

        var (first, second) = (float.PositiveInfinity, float.PositiveInfinity);
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            Take(least[lane], ref first, ref second);
            Take(next[lane], ref first, ref second);
        }

        for (; c < products.Length; c++)
        {
            Take(halfSquares[c] - products[c], ref first, ref second);
        }

        c = 0;
        while (c < products.Length - 1 && halfSquares[c] - products[c] != first)
        {
            c++;
        }

        return new Nearest(c, first, second);
    }

    private static void Take(float value, ref float first, ref float second)
    {
        second = Math.Min(second, Math.Max(first, value));
        first = Math.Min(first, value);
    }
}
