using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// Codes with one bit per component: the side of the mean. A query is not encoded: each four bits look up a precomputed sum. Two codes are
/// compared by <see cref="MetricScore.Hamming"/>.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Component i is bit i % 8 of byte i / 8. A bit stands for the mean of the components on its side. Scores are
/// those of the decoded vectors, so they are too small for close ones. <see cref="RaBitQuantizer"/>, with eight more bytes, has no such
/// bias.
/// </remarks>
public sealed class BinaryQuantizer
{
    private readonly float[] _mean;
    private readonly float[] _spread; // how far from the mean a bit stands, after the turn
    private readonly RandomRotation? _rotation;

    private BinaryQuantizer(float[] mean, float[] spread, RandomRotation? rotation) =>
        (_mean, _spread, _rotation) = (mean, spread, rotation);

    /// <summary>Dimensions of the vectors.</summary>
    public int Dimensions => _mean.Length;

    /// <summary>Bytes per code: one bit per component.</summary>
    public int CodeBytes => BitTables.CodeBytes(Dimensions);

    /// <summary>Number of floats in a query's tables.</summary>
    public int TableLength => BitTables.Length(Dimensions);

    /// <summary>Trains the thresholds and means of the bits.</summary>
    /// <param name="vectors">Representative vectors, at least one; of length 1 for cosine.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no vectors, one holds NaN or infinity, or an option is out of range.</exception>
    public static BinaryQuantizer Train(VectorMatrix vectors, BinaryQuantizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new BinaryQuantizerOptions();
        options.Validate();
        var sample = Sample.Checked(vectors, options.TrainingVectors, options.Seed);
        var rotation = options.Rotate ? new RandomRotation(vectors.Dimensions, options.Seed) : null;
        var (mean, spread, turned) = (VectorMath.Mean(sample), new float[vectors.Dimensions], new float[vectors.Dimensions]);
        for (var i = 0; i < sample.Count; i++)
        {
            VectorMath.Subtract(sample[i], mean, turned);
            rotation?.Apply(turned);
            for (var j = 0; j < spread.Length; j++)
            {
                spread[j] += MathF.Abs(turned[j]) / sample.Count;
            }
        }

        return new BinaryQuantizer(mean, spread, rotation);
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
        _rotation?.Apply(turned);
        BitTables.Write(turned, code);
    }

    /// <summary>Decodes a code to the vector it represents.</summary>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        for (var j = 0; j < vector.Length; j++)
        {
            vector[j] = BitTables.IsSet(code, j) ? _spread[j] : -_spread[j];
        }

        _rotation?.Undo(vector);
        VectorMath.Add(vector, _mean, vector);
    }

    /// <summary>Computes a query's tables: for each half of a byte, the contribution of its bits to the score.</summary>
    /// <param name="metric">Cosine (for vectors and a query of length 1), dot or L2.</param>
    /// <param name="query">Of <see cref="Dimensions"/> components.</param>
    /// <param name="tables">Of <see cref="TableLength"/> numbers.</param>
    /// <exception cref="ArgumentException">The metric is not supported, or a length is wrong.</exception>
    public void FillTables(Metric metric, ReadOnlySpan<float> query, Span<float> tables)
    {
        CodeLength.Check(query.Length, Dimensions, "dimensions");
        CodeLength.Check(tables.Length, TableLength, "numbers");
        CodeMetric.Check(metric);
        Span<float> turned = Dimensions <= 1024 ? stackalloc float[Dimensions] : new float[Dimensions];
        query.CopyTo(turned);
        var none = metric == Metric.L2 ? 0 : VectorMath.Dot(query, _mean);
        if (metric == Metric.L2)
        {
            VectorMath.Subtract(turned, _mean, turned);
        }

        _rotation?.Apply(turned);
        for (var j = 0; j < turned.Length; j++)
        {
            var (x, s) = (turned[j], _spread[j]);
            none -= metric == Metric.L2 ? (x + s) * (x + s) : x * s;
            turned[j] = (metric == Metric.L2 ? 4 : 2) * x * s;
        }

        BitTables.Fill(turned, none, tables);
    }

    /// <summary>The score of a code: that of the query with the <see cref="Decode"/> result, up to rounding. Greater is closer.</summary>
    /// <param name="tables">The tables from <see cref="FillTables"/>.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public float Score(ReadOnlySpan<float> tables, ReadOnlySpan<byte> code)
    {
        CodeLength.Check(tables.Length, TableLength, "numbers");
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        return BitTables.Sum(tables, code);
    }

    /// <summary>The mean squared error of decoded vectors, relative to the mean squared length.</summary>
    public double Error(VectorMatrix vectors) => CodeError.Of(vectors, CodeBytes, (vector, code, decoded) =>
    {
        Encode(vector, code);
        Decode(code, decoded);
    });
}
