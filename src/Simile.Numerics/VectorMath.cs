using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>Arithmetic on vectors, which are spans of floats.</summary>
/// <remarks>
/// Thread-safe, without state. Every method throws <see cref="ArgumentException"/> for vectors of different lengths and for components that
/// are NaN or infinite. A span that receives a result may be one of the inputs.
/// </remarks>
public static class VectorMath
{
    /// <summary>target = a + b.</summary>
    public static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> target) => Combine(1, a, 1, b, target);

    /// <summary>target = a − b.</summary>
    public static void Subtract(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> target) => Combine(1, a, -1, b, target);

    /// <summary>target = factor · a.</summary>
    public static void Scale(ReadOnlySpan<float> a, float factor, Span<float> target)
    {
        ThrowIfDifferent(a.Length, target.Length);
        ThrowIfNotFinite(a);
        Elementwise.Scale(factor, a, target);
    }

    /// <summary>a + b as a new vector.</summary>
    public static float[] Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = new float[a.Length];
        Add(a, b, sum);
        return sum;
    }

    /// <summary>a − b as a new vector.</summary>
    public static float[] Subtract(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var difference = new float[a.Length];
        Subtract(a, b, difference);
        return difference;
    }

    /// <summary>factor · a as a new vector.</summary>
    public static float[] Scale(ReadOnlySpan<float> a, float factor)
    {
        var scaled = new float[a.Length];
        Scale(a, factor, scaled);
        return scaled;
    }

    /// <summary>Σ aᵢ bᵢ.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ThrowIfUnfit(a, b);
        return Pairwise<Dot>.One(a, b);
    }

    /// <summary>The Euclidean length of a vector, in double precision if needed to avoid overflow.</summary>
    public static float Norm(ReadOnlySpan<float> a) => (float)Length(a);

    /// <summary>target = a divided by its length. A zero vector stays zero.</summary>
    public static void Normalize(ReadOnlySpan<float> a, Span<float> target)
    {
        ThrowIfDifferent(a.Length, target.Length);
        var length = Length(a);
        for (var i = 0; i < a.Length; i++)
        {
            target[i] = length == 0 ? 0 : (float)(a[i] / length);
        }
    }

    /// <summary>a divided by its length, as a new vector.</summary>
    public static float[] Normalize(ReadOnlySpan<float> a)
    {
        var unit = new float[a.Length];
        Normalize(a, unit);
        return unit;
    }

    /// <summary>The cosine of the angle between a and b, in [−1, 1]. 0 if one of them is a zero vector.</summary>
    public static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ThrowIfUnfit(a, b);
        var lengths = Math.Sqrt(DotInDouble(a, a)) * Math.Sqrt(DotInDouble(b, b));
        return lengths == 0 ? 0 : (float)Math.Clamp(DotInDouble(a, b) / lengths, -1, 1);
    }

    /// <summary>The mean of the rows of a matrix.</summary>
    /// <exception cref="ArgumentException">The matrix has no rows.</exception>
    public static float[] Mean(VectorMatrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count == 0)
        {
            throw new ArgumentException("The mean of no vectors is undefined: pass at least one vector.", nameof(vectors));
        }

        var mean = new float[vectors.Dimensions];
        for (var i = 0; i < vectors.Count; i++)
        {
            Add(mean, vectors[i], mean);
        }

        Scale(mean, 1f / vectors.Count, mean);
        return mean;
    }

    /// <summary>Subtracts the mean of the rows from each row and returns the mean.</summary>
    /// <param name="vectors">n × d.</param>
    /// <param name="target">n × d, overwritten. May be the same matrix as the vectors.</param>
    /// <exception cref="ArgumentException">The matrix has no rows, or the target's size differs.</exception>
    public static float[] Center(VectorMatrix vectors, VectorMatrix target)
    {
        var mean = Mean(vectors);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Count != vectors.Count)
        {
            throw new ArgumentException($"The target has {target.Count} rows, but there are {vectors.Count} vectors.", nameof(target));
        }

        for (var i = 0; i < vectors.Count; i++)
        {
            Subtract(vectors[i], mean, target[i]);
        }

        return mean;
    }

    /// <summary>Throws if a component is NaN or infinite.</summary>
    /// <exception cref="ArgumentException">A component is NaN or infinite. The message names the component.</exception>
    public static void ThrowIfNotFinite(ReadOnlySpan<float> vector)
    {
        if (!Elementwise.AllFinite(vector))
        {
            ThrowNotFinite(vector);
        }
    }

    // Squares of very large or very small components leave the range of a float. Those vectors are summed in double.
    private static double Length(ReadOnlySpan<float> a)
    {
        var squared = Dot(a, a);
        return Math.Sqrt(float.IsNormal(squared) ? squared : DotInDouble(a, a));
    }

    private static double DotInDouble(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private static void Combine(float x, ReadOnlySpan<float> a, float y, ReadOnlySpan<float> b, Span<float> target)
    {
        ThrowIfUnfit(a, b);
        ThrowIfDifferent(a.Length, target.Length);
        Elementwise.Combine(x, a, y, b, target);
    }

    internal static void ThrowIfUnfit(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ThrowIfDifferent(a.Length, b.Length);
        ThrowIfNotFinite(a);
        ThrowIfNotFinite(b);
    }

    private static void ThrowIfDifferent(int a, int b)
    {
        if (a != b)
        {
            throw new ArgumentException(
                $"A vector of {a} dimensions and one of {b} cannot be combined: both must come from the same model.");
        }
    }

    private static void ThrowNotFinite(ReadOnlySpan<float> vector)
    {
        var at = 0;
        while (float.IsFinite(vector[at]))
        {
            at++;
        }

        throw new ArgumentException($"Component {at} of the vector is {vector[at]}: a vector must hold finite numbers.");
    }
}
