using Simile.Models.Onnx.Operators;

namespace Simile.Models.Tests.Onnx.Operators;

/// <summary>What the operators compute, in every width that the processor has, beside the formulas in double precision.</summary>
public unsafe class LaneKernelsTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(0, LaneKernels.Available().Count())];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gelu_is_x_times_the_normal_distribution(int width)
    {
        var x = new float[LaneKernels.Padded(4001)];
        for (var i = 0; i < 4001; i++)
        {
            x[i] = (i - 2000) / 150f;
        }

        var expected = x.Select(v => v * (1 + ErrorFunction(v / Math.Sqrt(2))) / 2).ToArray();
        fixed (float* row = x)
        {
            Kernels(width).Gelu(row, 4001);
        }

        for (var i = 0; i < 4001; i++)
        {
            Assert.Equal(expected[i], x[i], 3e-8 + (2e-7 * Math.Abs((i - 2000) / 150.0)));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gelu_of_numbers_that_are_none_is_none_and_of_far_ones_themselves_or_0(int width)
    {
        var x = new float[LaneKernels.Padding];
        (x[0], x[1], x[2], x[3]) = (float.NaN, 1e30f, -1e30f, -0f);
        fixed (float* row = x)
        {
            Kernels(width).Gelu(row, 4);
        }

        Assert.Equal([float.NaN, 1e30f, 0, 0], x[..4]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Bytes_are_the_nearest_whole_multiples_of_the_scale(int width)
    {
        var random = new Random(width);
        for (var length = 1; length < 100; length++)
        {
            foreach (var levels in (float[])[127, 63])
            {
                var row = Numbers(random, length);
                var (bytes, scale) = ToBytes(width, row, levels);
                Assert.Equal(row.Max(MathF.Abs) / levels, scale);
                for (var i = 0; i < length; i++)
                {
                    Assert.InRange(Math.Abs(((bytes[i] - levels - 1) * scale) - row[i]), 0, scale * .50001f);
                }

                Assert.Equal(levels, bytes.Max(b => Math.Abs(b - levels - 1)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_row_of_zeros_is_zeros_and_one_with_a_NaN_is_none(int width)
    {
        var (bytes, scale) = ToBytes(width, new float[40], 127);
        Assert.Equal(0, scale);
        Assert.All(bytes, b => Assert.Equal(128, b));
        for (var at = 0; at < 40; at++)
        {
            var row = Numbers(new Random(at), 40);
            row[at] = float.NaN;
            Assert.True(float.IsNaN(ToBytes(width, row, 127).Scale), $"NaN at {at}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Attention_is_the_softmax_of_the_products_times_the_values(int width)
    {
        var random = new Random(width);
        foreach (var (queries, keys) in ((int, int)[])
        [
            (1, 1), (1, 77), (5, 5), (31, 33), (47, 47), (48, 48), (49, 49), (64, 64), (97, 97), (50, 511), (50, 512), (50, 513), (3, 1100),
        ])
        {
            foreach (var size in (int[])[1, 3, 8, 32, 40, 64, 100])
            {
                Check(width, AttentionCase.Random(random, queries, keys, size));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Attention_heeds_masks_orders_and_what_is_added_to_scores(int width)
    {
        var random = new Random(width);
        foreach (var length in (int[])[1, 2, 17, 48, 60, 530])
        {
            Check(width, AttentionCase.Random(random, length, length, 16) with { Causal = true });
            Check(width, AttentionCase.Random(random, length, length, 16) with { Mask = Mask(random, length) });
            Check(width, AttentionCase.Random(random, length, length, 16) with { Mask = Mask(random, length), Causal = true });
            Check(width, AttentionCase.Random(random, length, length, 16) with { Added = Numbers(random, length * length) });
            Check(width, AttentionCase.Random(random, length, length, 16) with { Mask = new int[length] });
            Check(width, AttentionCase.Random(random, length, length, 16) with
            {
                Mask = [.. Mask(random, length).Select((m, i) => i < 520 ? 0 : m)],
            });
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Great_scores_do_not_overflow(int width)
    {
        var one = AttentionCase.Random(new Random(1), 20, 600, 16);
        Check(width, one with { Queries = [.. one.Queries.Select(q => 40 * q)], Keys = [.. one.Keys.Select(k => 40 * k)] }, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Padding_changes_no_bit(int width)
    {
        var random = new Random(width);
        foreach (var (length, padded) in ((int, int)[])[(5, 6), (14, 40), (33, 500), (40, 700), (500, 520)])
        {
            var alone = AttentionCase.Random(random, length, length, 24);
            var filled = AttentionCase.Random(random, padded, padded, 24) with
            {
                Mask = [.. Enumerable.Range(0, padded).Select(i => i < length ? 1 : 0)],
            };
            alone.Queries.CopyTo(filled.Queries, 0);
            alone.Keys.CopyTo(filled.Keys, 0);
            alone.Values.CopyTo(filled.Values, 0);
            Assert.Equal(alone.Run(Kernels(width)), filled.Run(Kernels(width))[..(length * 24)]);
        }
    }

    private static LaneKernels Kernels(int width) => LaneKernels.Available().ElementAt(width);

    private static void Check(int width, AttentionCase one, double tolerance = 1e-5)
    {
        var (expected, actual) = (one.Formula(), one.Run(Kernels(width)));
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static int[] Mask(Random random, int length)
    {
        var mask = Enumerable.Range(0, length).Select(_ => random.Next(3) > 0 ? 1 : 0).ToArray();
        mask[random.Next(length)] = 1;
        return mask;
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];

    private static (byte[] Bytes, float Scale) ToBytes(int width, float[] row, float levels)
    {
        var bytes = new byte[row.Length];
        fixed (float* numbers = row)
        {
            fixed (byte* target = bytes)
            {
                return (bytes, Kernels(width).ToBytes(numbers, row.Length, levels, target));
            }
        }
    }

    // By its power series where that converges well, else by its continued fraction.
    private static double ErrorFunction(double x)
    {
        if (Math.Abs(x) > 3)
        {
            var fraction = 0.0;
            for (var k = 60; k > 0; k--)
            {
                fraction = k / 2.0 / (Math.Abs(x) + fraction);
            }

            return Math.Sign(x) * (1 - (Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (Math.Abs(x) + fraction)));
        }

        var (term, sum) = (x, x);
        for (var n = 1; n < 100; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
