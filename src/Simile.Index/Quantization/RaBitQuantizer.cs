using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// Codes of one bit a component and two numbers a vector, which estimate scores without lean (Gao and Long, "RaBitQ: Quantizing High-Dimensional Vectors with a
/// Theoretical Error Bound for Approximate Nearest Neighbor Search", SIGMOD 2024). What is left of a vector without the mean is turned at random; the code says in
/// which corner of a cube it lies, how long it is, and by how much the corner misses it.
/// </summary>
/// <remarks>
/// Immutable and safe for concurrent use. A code is ⌈<see cref="Dimensions"/> / 8⌉ bytes of bits, component i at bit i % 8 of byte i / 8, and two little-endian
/// f32: what the product of query and corner is multiplied by, and what is added. The error of a score falls with the square root of the dimensions.
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

    /// <summary>How codes are scored: cosine (of vectors and queries at length 1), dot or L2.</summary>
    public Metric Metric { get; }

    /// <summary>Components of the vectors it codes.</summary>
    public int Dimensions => _mean.Length;

    /// <summary>Bytes of one code.</summary>
    public int CodeBytes => BitTables.CodeBytes(Dimensions) + Numbers;

    /// <summary>Numbers of the tables of one query.</summary>
    public int TableLength => BitTables.Length(Dimensions) + 1;

    /// <summary>Takes the mean of vectors, and a random turn.</summary>
    /// <param name="vectors">Vectors like those that will be coded, at least one; those under cosine at length 1.</param>
    /// <param name="metric">Cosine, dot or L2: what the added number is for.</param>
    /// <param name="seed">Begins the random numbers: the same seed and vectors give the same codes.</param>
    /// <exception cref="ArgumentException">There are no vectors, one holds NaN or infinity, or the metric is another.</exception>
    public static RaBitQuantizer Train(VectorMatrix vectors, Metric metric, int seed = 1)
    {
        const int MostVectors = 32_768;
        ArgumentNullException.ThrowIfNull(vectors);
        CodeMetric.Check(metric);
        return new RaBitQuantizer(metric, VectorMath.Mean(Sample.Checked(vectors, MostVectors, seed)), seed);
    }

    /// <summary>Writes the code of a vector.</summary>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions, or the code other bytes.</exception>
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

    /// <summary>Writes the vector whose product with any query, both taken from the mean, is the estimate of that with the coded vector: right on average, but longer than it.</summary>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <exception cref="ArgumentException">The vector has other dimensions, or the code other bytes.</exception>
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

    /// <summary>Writes the tables of a query: for each half of a byte the product of its bits with the query, and what all scores begin with.</summary>
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
    /// <param name="tables">What <see cref="FillTables"/> wrote.</param>
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
