using Simile.Index.Quantization;
using Simile.Numerics;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Quantization;

public class QuantizerTests
{
    /// <summary>Scores a query against codes, the fast way.</summary>
    private delegate float Scorer(Metric metric, ReadOnlySpan<float> query, ReadOnlySpan<byte> code);

    public static TheoryData<string, int> Cases =>
        [.. from kind in new[] { "scalar 8", "scalar 4", "symmetric 8", "symmetric 4", "bits", "turned bits", "product 8", "product 4" }
                                                           from dimensions in new[] { 1, 7, 16, 33, 64, 100 }
                                                           select (kind, dimensions)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_score_is_that_of_the_vector_that_the_code_stands_for(string kind, int dimensions)
    {
        var vectors = Vectors(600, dimensions, 1);
        var (codeBytes, encode, decode, score) = Quantizer(kind, vectors);
        var (code, decoded) = (new byte[codeBytes], new float[dimensions]);
        for (var i = 0; i < 50; i++)
        {
            encode(vectors[i], code);
            decode(code, decoded);
            foreach (var metric in new[] { Metric.Dot, Metric.L2 })
            {
                var query = vectors[599 - i];
                var expected = metric.Score(query, decoded);
                Assert.Equal(
                    expected, score(metric, query, code), 1e-4f * (1 + VectorMath.Dot(query, query) + VectorMath.Dot(decoded, decoded)));
            }
        }
    }

    [Theory]
    [InlineData("scalar 8", 0.0001)]
    [InlineData("scalar 4", 0.02)]
    [InlineData("symmetric 8", 0.001)]
    [InlineData("turned bits", 0.4)]
    [InlineData("product 8", 0.07)]
    public void A_code_stands_for_a_vector_that_is_near(string kind, double most)
    {
        var vectors = Vectors(2000, 64, 1);
        var (codeBytes, encode, decode, _) = Quantizer(kind, vectors);
        var error = CodeError.Of(vectors, codeBytes, (vector, code, decoded) =>
        {
            encode(vector, code);
            decode(code, decoded);
        });
        Assert.InRange(error, 0, most);
    }

    [Fact]
    public void More_bits_lose_less()
    {
        var vectors = Vectors(2000, 48, 1);
        double Error(string kind)
        {
            var (codeBytes, encode, decode, _) = Quantizer(kind, vectors);
            return CodeError.Of(vectors, codeBytes, (vector, code, decoded) =>
            {
                encode(vector, code);
                decode(code, decoded);
            });
        }

        Assert.True(Error("scalar 8") < Error("scalar 4"));
        Assert.True(Error("scalar 4") < Error("turned bits"));
        Assert.True(Error("turned bits") < 1);
    }

    [Fact]
    public void What_lies_beyond_a_range_is_cut_to_its_end()
    {
        var quantizer = ScalarQuantizer.Train(new VectorMatrix(new[] { 0f, 0, 1, 1 }, 2));
        var (code, decoded) = (new byte[2], new float[2]);
        quantizer.Encode([-5, 9], code);
        quantizer.Decode(code, decoded);
        Assert.Equal([0f, 1f], decoded);
    }

    [Fact]
    public void A_dimension_that_does_not_vary_and_numbers_of_any_size_are_coded()
    {
        var vectors = new VectorMatrix(new[] { 3f, 1e30f, 3, -1e30f, 3, 0 }, 2);
        foreach (var ranges in Enum.GetValues<ScalarRanges>())
        {
            var quantizer = ScalarQuantizer.Train(vectors, new ScalarQuantizerOptions { Ranges = ranges });
            var (code, decoded) = (new byte[2], new float[2]);
            quantizer.Encode(vectors[0], code);
            quantizer.Decode(code, decoded);
            Assert.Equal(1e30f, decoded[1], 1e25f);
            Assert.True(ranges == ScalarRanges.Symmetric || decoded[0] == 3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(384)]
    public void A_random_turn_keeps_products_and_is_undone(int dimensions)
    {
        var vectors = Vectors(2, dimensions, 1);
        var turned = new VectorMatrix(vectors.AsSpan().ToArray(), dimensions);
        var rotation = new RandomRotation(dimensions, 7);
        rotation.Apply(turned[0]);
        rotation.Apply(turned[1]);
        Assert.Equal(VectorMath.Dot(vectors[0], vectors[1]), VectorMath.Dot(turned[0], turned[1]), 1e-3f);
        rotation.Undo(turned[0]);
        for (var i = 0; i < dimensions; i++)
        {
            Assert.Equal(vectors[0][i], turned[0][i], 1e-4f);
        }
    }

    [Theory]
    [InlineData(Metric.Dot)]
    [InlineData(Metric.L2)]
    public void RaBitQ_scores_by_what_its_code_stands_for_and_the_two_numbers(Metric metric)
    {
        var vectors = Vectors(400, 50, 1);
        var quantizer = RaBitQuantizer.Train(vectors, metric);
        var (code, decoded, tables) = (new byte[quantizer.CodeBytes], new float[50], new float[quantizer.TableLength]);
        Assert.Equal(7 + 8, quantizer.CodeBytes);
        var mean = VectorMath.Mean(vectors);
        quantizer.FillTables(vectors[399], tables);
        var query = VectorMath.Subtract(vectors[399], mean);
        for (var i = 0; i < 100; i++)
        {
            quantizer.Encode(vectors[i], code);
            quantizer.Decode(code, decoded);
            var (given, estimate) = (VectorMath.Subtract(vectors[i], mean), VectorMath.Dot(VectorMath.Subtract(decoded, mean), query));
            var expected = metric == Metric.L2
                ? (2 * estimate) - VectorMath.Dot(given, given) - VectorMath.Dot(query, query)
                : estimate + VectorMath.Dot(mean, vectors[i]) + VectorMath.Dot(mean, query);
            Assert.Equal(expected, quantizer.Score(tables, code), 1e-3f * (1 + MathF.Abs(expected)));
        }
    }

    [Fact]
    public void RaBitQ_scatters_around_the_score_itself_where_plain_bits_lean()
    {
        const int Turns = 400;
        var vectors = Vectors(500, 64, 1);
        var vector = vectors[9].ToArray();
        var query = VectorMath.Add(VectorMath.Scale(vector, 0.7f), VectorMath.Scale(vectors[3], 0.3f));
        var exact = VectorMath.Dot(query, vector);
        Assert.InRange(Lean(exact, Turns, seed =>
        {
            var quantizer = RaBitQuantizer.Train(vectors, Metric.Dot, seed);
            var (code, tables) = (new byte[quantizer.CodeBytes], new float[quantizer.TableLength]);
            quantizer.Encode(vector, code);
            quantizer.FillTables(query, tables);
            return quantizer.Score(tables, code);
        }), -4, 4);
        Assert.InRange(Lean(exact, Turns, seed =>
        {
            var quantizer = BinaryQuantizer.Train(vectors, new BinaryQuantizerOptions { Seed = seed });
            var (code, tables) = (new byte[quantizer.CodeBytes], new float[quantizer.TableLength]);
            quantizer.Encode(vector, code);
            quantizer.FillTables(Metric.Dot, query, tables);
            return quantizer.Score(tables, code);
        }), double.NegativeInfinity, -8);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        var vectors = Vectors(300, 8, 1);
        Assert.Contains(
            "at least one",
            Assert.Throws<ArgumentException>(() => ScalarQuantizer.Train(new VectorMatrix(0, 8))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "4 or 8",
            Assert.Throws<ArgumentException>(() => ScalarQuantizer.Train(vectors, new ScalarQuantizerOptions { Bits = 5 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ScalarQuantizer.Train(vectors, new ScalarQuantizerOptions { Covered = 0.2 }));
        Assert.Throws<ArgumentException>(() => BinaryQuantizer.Train(new VectorMatrix(new[] { 1, float.NaN }, 2)));
        Assert.Throws<ArgumentException>(() => RaBitQuantizer.Train(vectors, Metric.Hamming));
        var binary = BinaryQuantizer.Train(vectors);
        Assert.Contains(
            "8 dimensions, not 7",
            Assert.Throws<ArgumentException>(() => binary.Encode(new float[7], new byte[1])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => binary.FillTables(Metric.Manhattan, new float[8], new float[binary.TableLength]));
        Assert.Throws<ArgumentException>(() => binary.Score(new float[3], new byte[1]));
    }

    // How many standard errors the mean of estimates lies from the score.
    private static double Lean(double score, int turns, Func<int, float> estimate)
    {
        double[] estimates = [.. Enumerable.Range(0, turns).Select(seed => (double)estimate(seed))];
        var mean = estimates.Average();
        var deviation = Math.Sqrt(estimates.Sum(value => (value - mean) * (value - mean)) / turns);
        return (mean - score) / (deviation / Math.Sqrt(turns));
    }

    private static (int CodeBytes, Encode Encode, Decode Decode, Scorer Score) Quantizer(string kind, VectorMatrix vectors)
    {
        var bits = kind[^1] == '4' ? 4 : 8;
        switch (kind.Split(' ')[0])
        {
            case "scalar" or "symmetric":
                var ranges = kind.StartsWith("scalar", StringComparison.Ordinal) ? ScalarRanges.PerDimension : ScalarRanges.Symmetric;
                var scalar = ScalarQuantizer.Train(vectors, new ScalarQuantizerOptions { Bits = bits, Ranges = ranges });
                return (scalar.CodeBytes, scalar.Encode, scalar.Decode, (metric, query, code) =>
                {
                    var prepared = new float[scalar.PreparedLength];
                    scalar.Prepare(metric, query, prepared);
                    return scalar.Score(prepared, code);
                }
                );
            case "product":
                var subspaces = Math.Max(1, vectors.Dimensions / 4);
                var product = ProductQuantizer.Train(vectors, new ProductQuantizerOptions { Subspaces = subspaces, Bits = bits });
                return (product.CodeBytes, product.Encode, product.Decode, (metric, query, code) =>
                {
                    var tables = new float[product.TableLength];
                    product.FillTables(metric, query, tables);
                    return product.Score(tables, code);
                }
                );
            default:
                var binary = BinaryQuantizer.Train(vectors, new BinaryQuantizerOptions { Rotate = kind == "turned bits" });
                return (binary.CodeBytes, binary.Encode, binary.Decode, (metric, query, code) =>
                {
                    var tables = new float[binary.TableLength];
                    binary.FillTables(metric, query, tables);
                    return binary.Score(tables, code);
                }
                );
        }
    }

    private delegate void Encode(ReadOnlySpan<float> vector, Span<byte> code);

    private delegate void Decode(ReadOnlySpan<byte> code, Span<float> vector);
}
