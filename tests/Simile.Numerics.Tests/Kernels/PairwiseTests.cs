using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests.Kernels;

public class PairwiseTests
{
    public static TheoryData<string> Paths => [.. KernelPaths.Available.Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_path_equals_the_definition(string name)
    {
        var path = Enum.Parse<KernelPath>(name);
        for (var length = 0; length <= 130; length++)
        {
            var (a, b) = (Vectors.Random(length, 1), Vectors.Random(length, 2));
            for (var i = 0; i < length; i += 3)
            {
                b[i] = a[i];
            }

            Assert.Equal(Sum(a, b, (x, y) => x * y), Pairwise<Dot>.One(a, b, path), 1e-4);
            Assert.Equal(Sum(a, b, (x, y) => (x - y) * (x - y)), Pairwise<SquaredL2>.One(a, b, path), 1e-4);
            Assert.Equal(Sum(a, b, (x, y) => Math.Abs(x - y)), Pairwise<Manhattan>.One(a, b, path), 1e-4);
            Assert.Equal(Sum(a, b, (x, y) => x == y ? 0 : 1), Pairwise<Hamming>.One(a, b, path), 0.0);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Rows_equal_their_pairs_wherever_they_stand(string name)
    {
        var path = Enum.Parse<KernelPath>(name);
        foreach (var (count, length) in new[] { (1, 5), (3, 64), (4, 33), (7, 100), (9, 1), (13, 130) })
        {
            var query = Vectors.Random(length, 3);
            var row = Vectors.Random(length, 4);
            var rows = Enumerable.Repeat(row, count).SelectMany(r => r).ToArray();
            var sums = new float[count];
            Pairwise<SquaredL2>.Rows(query, rows, sums, path);
            Assert.All(sums, sum => Assert.Equal(sums[0], sum));
            Assert.Equal(Pairwise<SquaredL2>.One(query, row, KernelPath.Scalar), sums[0], 1e-4f);
        }
    }

    [Fact]
    public void Bits_that_differ_are_counted_as_the_twin_counts_them()
    {
        var random = new Random(1);
        for (var length = 0; length < 70; length++)
        {
            var (a, b) = (new byte[length], new byte[length]);
            random.NextBytes(a);
            random.NextBytes(b);
            Assert.Equal(HammingBits.Scalar(a, b), HammingBits.Count(a, b));
            Assert.Equal(length * 8, HammingBits.Count(a, Array.ConvertAll(a, x => (byte)~x)));
        }
    }

    private static double Sum(float[] a, float[] b, Func<double, double, double> term) => a.Zip(b, (x, y) => term(x, y)).Sum();
}
