using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simile.Index.Codes;
using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index.Tests.Hnsw;

public unsafe class CodeKernelTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(512)]
    public void Every_width_sums_as_the_scalar_twin(int length)
    {
        var random = new Random(length);
        var bytes = new byte[4 * length];
        random.NextBytes(bytes);
        AssertEqual(bytes, Weights(random, length), Factors(random, length), length);

        // The greatest sums that can be: nothing may overflow.
        bytes.AsSpan().Fill(255);
        short[] factors = [.. Enumerable.Repeat((short)NibbleWeights.MostFactor, length)];
        AssertEqual(bytes, [.. Enumerable.Repeat((sbyte)127, 2 * length)], factors, length);
        AssertEqual(bytes, [.. Enumerable.Repeat((sbyte)-127, 2 * length)], factors, length);
    }

    [Fact]
    public void Weights_of_a_query_keep_eight_bits_each_however_different_they_are()
    {
        var random = new Random(3);
        var layout = new CodeLayout(2, 20, 200);
        using var rounded = new NibbleWeights();
        var weights = new float[2 * layout.Bytes];
        for (var i = 0; i < 2 * layout.Half; i++)
        {
            weights[i] = 5000 * MathF.Exp(-i / 40f) * ((2 * random.NextSingle()) - 1);
        }

        fixed (float* values = weights)
        {
            var unit = rounded.Set(values, layout);
            for (var i = 0; i < layout.Half; i++)
            {
                AssertNear(weights[i], rounded.Low[i], rounded.Factors[i / 2], unit);
                AssertNear(weights[layout.Half + i], rounded.High[i], rounded.Factors[(layout.Bytes + i) / 2], unit);
            }
        }

        for (var i = layout.Half; i < layout.Bytes; i++)
        {
            Assert.Equal((0, 0), (rounded.Low[i], rounded.High[i]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void A_query_is_projected_whether_one_component_towers_or_not(float tower)
    {
        var random = new Random(5);
        var axes = new VectorMatrix(22, 100);
        foreach (ref var component in axes.AsSpan())
        {
            component = random.NextSingle() - 0.5f;
        }

        using var projection = new QueryProjection(axes);
        using var query = new NativeArray<float>(QueryProjection.Padded(100));
        using var levels = new NativeArray<short>(QueryProjection.Padded(100));
        using var coordinates = new NativeArray<float>(projection.Count);
        for (var i = 0; i < 100; i++)
        {
            query[i] = i == 7 ? tower / 2 : random.NextSingle() - 0.5f;
        }

        projection.Project(query.Pointer, levels.Pointer, coordinates.Pointer);
        for (var j = 0; j < axes.Count; j++)
        {
            var exact = Metric.Dot.Score(axes[j], query.Slice(0, 100));
            Assert.InRange(coordinates[j], exact - 0.06f, exact + 0.06f);
        }
    }

    private static void AssertNear(float weight, sbyte level, short factor, float unit)
    {
        Assert.InRange(factor, (short)1, (short)NibbleWeights.MostFactor);
        Assert.InRange(level, (sbyte)-127, (sbyte)127);
        Assert.InRange(level * factor * unit, weight - (0.501f * factor * unit), weight + (0.501f * factor * unit));
    }

    private static short[] Factors(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(1, NibbleWeights.MostFactor + 1))];

    private static sbyte[] Weights(Random random, int length) =>
        [.. Enumerable.Range(0, 2 * length).Select(_ => (sbyte)random.Next(-127, 128))];

    private static void AssertEqual(byte[] codes, sbyte[] weights, short[] factors, int length)
    {
        var expected = Sums<ScalarCodeKernel>(codes, weights, factors, length);
        Assert.Equal(expected, Sums<CodeKernel128>(codes, weights, factors, length));
        if (Avx2.IsSupported)
        {
            Assert.Equal(expected, Sums<CodeKernel256>(codes, weights, factors, length));
        }

        if (Avx512BW.IsSupported)
        {
            Assert.Equal(expected, Sums<CodeKernel512>(codes, weights, factors, length));
        }
    }

    private static (Vector128<int> Nibbles, Vector128<int> Bytes, Vector128<int> Coarse, int Pair) Sums<TKernel>(
        byte[] codes, sbyte[] weights, short[] factors, int length)
        where TKernel : struct, ICodeKernel
    {
        var query = Array.ConvertAll(weights, weight => (short)(weight * 60));
        var coarse = Array.ConvertAll(weights, weight => (byte)Math.Abs((int)weight));
        fixed (byte* x = codes)
        {
            fixed (sbyte* low = weights)
            fixed (byte* c = coarse)
            {
                fixed (short* q = query, f = factors)
                {
                    var s = (sbyte*)x;
                    return (
                        TKernel.Nibbles(x, x + length, x + (2 * length), x + (3 * length), low, low + length, f, length),
                        TKernel.Bytes(q, s, s + length, s + (2 * length), s + (3 * length), length),
                        TKernel.Bytes(c, s, s + length, s + (2 * length), s + (3 * length), length),
                        TKernel.Bytes(s, low, length));
                }
            }
        }
    }
}
