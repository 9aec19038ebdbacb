using System.Runtime.CompilerServices;
using Simile.Models.Words;

namespace Simile.Models.Tests.Words;

public sealed unsafe class TrainingKernelTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(112)]
    [InlineData(304)]
    public void Each_kernel_gives_what_its_scalar_twin_gives(int length)
    {
        const int Rows = 6;
        using var ours = Table(Rows, length, seed: 1);
        using var twin = Table(Rows, length, seed: 1);
        using var hidden = Table(1, length, seed: 2);
        using var errors = Table(2, length, seed: 3);
        var (rows, twins) = (Pointers(ours), Pointers(twin));
        var (scores, steps) = (new float[Rows], new[] { 0.1f, -0.2f, 0, 0.3f, 0.05f, -0.4f });
        fixed (nint* a = rows, b = twins)
        fixed (float* score = scores, step = steps)
        {
            TrainingKernels.Dot(hidden[0], (float**)a, Rows, score, length);
            for (var k = 0; k < Rows; k++)
            {
                Assert.Equal(TrainingKernels.Scalar.Dot(hidden[0], ours[k], length), scores[k], 1e-5);
            }

            TrainingKernels.Update(hidden[0], (float**)a, Rows, step, errors[0], length);
            TrainingKernels.Scalar.Update(hidden[0], (float**)b, Rows, step, errors[1], length);
            AreEqual(errors.Row(1), errors.Row(0));
            TrainingKernels.Mean((float**)a, Rows, 0.25f, errors[0], length);
            TrainingKernels.Scalar.Mean((float**)b, Rows, 0.25f, errors[1], length);
            AreEqual(errors.Row(1), errors.Row(0));
            TrainingKernels.Add((float**)a, Rows, 0.5f, hidden[0], length);
            TrainingKernels.Scalar.Add((float**)b, Rows, 0.5f, hidden[0], length);
        }

        for (var k = 0; k < Rows; k++)
        {
            AreEqual(twin.Row(k), ours.Row(k));
        }
    }

    [Fact]
    public void Negative_samples_follow_the_counts()
    {
        long[] counts = [1000, 100, 10, 1];
        var sampler = new NegativeSampler(counts, 1);
        var (random, drawn) = (TrainingRandom.For(1, 1), new int[4]);
        const int Draws = 400_000;
        for (var i = 0; i < Draws; i++)
        {
            drawn[sampler.Draw(ref random)]++;
        }

        for (var word = 0; word < 4; word++)
        {
            var expected = Draws * counts[word] / 1111.0;
            Assert.InRange(drawn[word], expected - (5 * Math.Sqrt(expected)) - 1, expected + (5 * Math.Sqrt(expected)) + 1);
        }
    }

    [Fact]
    public void Paths_of_the_tree_are_unique_and_as_short_as_Huffman_makes_them()
    {
        long[] counts = [50, 20, 10, 10, 5, 3, 2];
        var tree = new HuffmanTree(counts);
        Assert.Equal(counts.Length, tree.Codes.Select(code => string.Concat(code.Select(side => side ? '1' : '0'))).Distinct().Count());
        Assert.Equal(1, tree.Codes.Sum(code => Math.Pow(0.5, code.Length)), 1e-12);
        // the sum of all inner nodes: 5 + 10 + 20 + 30 + 50 + 100
        Assert.Equal(215, counts.Select((count, i) => count * tree.Codes[i].Length).Sum());
        Assert.All(tree.Nodes, nodes => Assert.Equal(counts.Length - 2, nodes[0]));
    }

    private static NumberTable Table(int rows, int length, int seed)
    {
        var table = new NumberTable(rows, length);
        table.Fill(seed);
        return table;
    }

    private static nint[] Pointers(NumberTable table) => [.. Enumerable.Range(0, (int)table.Rows).Select(row => Address(table, row))];

    private static nint Address(NumberTable table, int row) => (nint)Unsafe.AsPointer(ref table.Row(row)[0]);

    private static void AreEqual(Span<float> expected, Span<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }
}
