using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests.Kernels;

public unsafe class QueryTileTests
{
    public static TheoryData<string> Paths => [.. KernelPaths.Available.Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Panels_hold_every_query_once_but_a_few_at_the_end(string name)
    {
        for (var queries = 1; queries < 100; queries++)
        {
            var panels = QueryPanel.Cut(queries, Enum.Parse<KernelPath>(name));
            var slots = panels.SelectMany(panel => Enumerable.Range(panel.First, panel.Width)).ToArray();
            Assert.Equal(Enumerable.Range(0, slots.Length), slots);
            Assert.InRange(slots.Length, queries - 3, queries + 7);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Those_pass_whose_score_reaches_the_threshold(string name)
    {
        foreach (var (queries, length) in new[] { (4, 1), (6, 7), (8, 100), (13, 33), (20, 784), (45, 65) })
        {
            Compare<Dot>(queries, length, 1, Enum.Parse<KernelPath>(name));
            Compare<MaxSum>(queries, length, -1, Enum.Parse<KernelPath>(name));
            Compare<Hamming>(queries, length, -1, Enum.Parse<KernelPath>(name));
        }
    }

    private static void Compare<TStep>(int count, int length, float sign, KernelPath path)
        where TStep : struct, IStep
    {
        const int Rows = 2 * QueryTile<TStep>.Rows;
        var (queries, rows, asides) = (Vectors.Random(count * length, 1), Vectors.Random(Rows * length, 2), Vectors.Random(Rows, 3));
        foreach (var panel in QueryPanel.Cut(count, path))
        {
            var (packed, factors, passing) = (new float[panel.Width * length], Vectors.Random(panel.Width, 4), new uint[Rows]);
            panel.Pack(queries, length, packed);
            var thresholds = new float[panel.Width];
            for (var slot = 0; slot < panel.Width; slot++)
            {
                thresholds[slot] = slot % 5 == 4 ? float.NaN : (float)Shifted(slot, 0) + (slot % 2 == 0 ? 0.01f : -0.01f);
            }

            fixed (float* r = rows, p = packed, a = asides, f = factors, t = thresholds)
            fixed (uint* bits = passing)
            {
                QueryTile<TStep>.Run(r, Rows, length, panel, p, new PanelTest(sign, a, f, t), bits);
            }

            for (var row = 0; row < Rows; row++)
            {
                for (var slot = 0; slot < panel.Width; slot++)
                {
                    var (shifted, passes) = (Shifted(slot, row), (passing[row] >> slot & 1) != 0);
                    Assert.True(float.IsNaN(thresholds[slot])
                        ? passes
                        : Math.Abs(shifted - thresholds[slot]) < 1e-3 || passes == shifted > thresholds[slot]);
                }
            }

            double Shifted(int slot, int row)
            {
                var sum = 0.0;
                for (var i = 0; i < length; i++)
                {
                    sum = TStep.Scalar((float)sum, packed[(i * panel.Width) + slot], rows[(row * length) + i]);
                }

                return (sign * sum) + (factors[slot] * (double)asides[row]);
            }
        }
    }
}
