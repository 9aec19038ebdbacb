using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// RaBitQ: codes with one bit per component and two numbers per vector, which give unbiased estimates of scores (Gao and Long, "RaBitQ:
/// Quantizing High-Dimensional Vectors with a Theoretical Error Bound for Approximate Nearest Neighbor Search", SIGMOD 2024). The vector
/// minus the mean is rotated randomly. The code stores the nearest corner of a cube, the length, and the error of the corner.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. A code is ⌈<see cref="Dimensions"/> / 8⌉ bytes of bits, component i at bit i % 8 of byte i / 8, and two
/// little-endian f32: the factor of the product of query and corner, and a term to add. The error of a score is proportional to 1 /
/// √dimensions.
/// </remarks>
public sealed class RaBitQuantizer
{
    private const int Numbers = 2 * sizeof(float);

    private readonly float[] _mean;
    private readonly float _meanSquared;
    private readonly RandomRotation _rotation;

    private RaBitQuantizer(Metric metric, float[] mean, int seed)
    {
        (Metric, _mean, _rotation) = (metric, mean, new RandomRotation(mean.Length, seed));
        _meanSquared = VectorMath.Dot(mean, mean);
    }

    /// <summary>The metric: cosine (for vectors and queries of length 1), dot or L2.</summary>
    public Metric Metric { get; }

    /// <summary>Dimensions of the vectors.</summary>
    public int Dimensions => _mean.Length;

    /// <summary>Size of one encoded vector in bytes: one bit per dimension, and the correction numbers.</summary>
    public int CodeBytes => BitTables.CodeBytes(Dimensions) + Numbers;

    /// <summary>Number of floats in a query's tables.</summary>
    public int TableLength => BitTables.Length(Dimensions) + 1;

    /// <summary>Computes the mean of vectors, and a random rotation.</summary>
    /// <param name="vectors">Representative vectors, at least one; of length 1 for cosine.</param>
    /// <param name="metric">Cosine, dot or L2: determines the term.</param>
    /// <param name="seed">The random seed. The same seed and vectors give the same codes.</param>
    /// <exception cref="ArgumentException">There are no vectors, one holds NaN or infinity, or the metric is not supported.</exception>
    public static RaBitQuantizer Train(VectorMatrix vectors, Metric metric, int seed = 1)
    {
        const int MostVectors = 32_768;
        ArgumentNullException.ThrowIfNull(vectors);
        CodeMetric.Check(metric);
        return new RaBitQuantizer(metric, VectorMath.Mean(Sample.Checked(vectors, MostVectors, seed)), seed);
    }

    /// <summary>Encodes a vector.</summary>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        Span<float> turned = Dimensions <= 1024 ? stackalloc float[Dimensions] : new float[Dimensions];
        VectorMath.Subtract(vector, _mean, turned);
        var squared = VectorMath.Dot(turned, turned);
        _rotation.Apply(turned);
        var corner = 0f; // the product with the corner ±1, which is the sum of sizes
        foreach (var component in turned)
        {
            corner += MathF.Abs(component);
        }

        var numbers = SplitCode(code, out var bits);
        BitTables.Write(turned, bits);
        numbers[0] = corner > 0 ? squared / corner : 0;
        numbers[1] = Metric == Metric.L2 ? -squared : VectorMath.Dot(_mean, vector);
    }

    /// <summary>
    /// Decodes a code to the vector whose product with any query, both minus the mean, is the estimate: unbiased, but longer than the
    /// original.
    /// </summary>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        var factor = MemoryMarshal.Cast<byte, float>(code[^Numbers..])[0];
        for (var j = 0; j < vector.Length; j++)
        {
            vector[j] = BitTables.IsSet(code, j) ? factor : -factor;
        }

        _rotation.Undo(vector);
        VectorMath.Add(vector, _mean, vector);
    }

    /// <summary>Computes a query's tables: for each half of a byte the product of its bits with the query, and a constant term.</summary>
    /// <param name="query">Of <see cref="Dimensions"/> components; at length 1 under cosine.</param>
    /// <param name="tables">Of <see cref="TableLength"/> numbers.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void FillTables(ReadOnlySpan<float> query, Span<float> tables)
    {
        CodeLength.Check(query.Length, Dimensions, "dimensions");
        CodeLength.Check(tables.Length, TableLength, "numbers");
        Span<float> turned = Dimensions <= 1024 ? stackalloc float[Dimensions] : new float[Dimensions];
        VectorMath.Subtract(query, _mean, turned);
        // |o − q|² = |o − c|² + |q − c|² − 2 (o − c)·(q − c), and o·q = (o − c)·(q − c) + c·o + c·q − |c|².
        tables[^1] = Metric == Metric.L2 ? -VectorMath.Dot(turned, turned) : VectorMath.Dot(_mean, query) - _meanSquared;
        _rotation.Apply(turned);
        var (none, twice) = (0f, Metric == Metric.L2 ? 4f : 2f);
        foreach (ref var component in turned)
        {
            component *= twice;
            none -= component / 2;
        }

        BitTables.Fill(turned, none, tables[..^1]);
    }

    /// <summary>The estimated score of a code. Greater is closer.</summary>
    /// <param name="tables">The tables from <see cref="FillTables"/>.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public float Score(ReadOnlySpan<float> tables, ReadOnlySpan<byte> code)
    {
        CodeLength.Check(tables.Length, TableLength, "numbers");
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        var numbers = MemoryMarshal.Cast<byte, float>(code[^Numbers..]);
        return (numbers[0] * BitTables.Sum(tables[..^1], code[..^Numbers])) + numbers[1] + tables[^1];
    }

    private static Span<float> SplitCode(Span<byte> code, out Span<byte> bits)
    {
        bits = code[..^Numbers];
        return MemoryMarshal.Cast<byte, float>(code[^Numbers..]);
    }
}
