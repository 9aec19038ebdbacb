using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests.Kernels;

public unsafe class ByteDotTests
{
    public static TheoryData<string> Paths => [.. KernelPaths.Available.Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_path_and_number_of_queries_equals_the_definition(string name)
    {
        const int Rows = 5;
        var (path, random) = (Enum.Parse<KernelPath>(name), new Random(1));
        for (var length = 1; length < 200; length++)
        {
            var most = Math.Min(short.MaxValue, int.MaxValue / 255 / length);
            var rows = new byte[Rows * length];
            random.NextBytes(rows);
            rows.AsSpan(0, length).Fill(255);
            var queryCount = length % 10;
            var queries = Enumerable.Range(0, queryCount)
                .Select(
                    _ => Enumerable.Range(0, length).Select(i => (short)(length % 7 == 0 ? most : random.Next(-most, most + 1))).ToArray())
                .ToArray();
            for (var count = 1; count <= Rows; count++)
            {
                var expected =
                    queries.SelectMany(query => rows.Chunk(length).Take(count).Select(row => row.Zip(query, (x, y) => x * y).Sum()));
                Assert.Equal(expected, Run(queries, length, rows, count, path));
            }
        }
    }

    private static int[] Run(short[][] queries, int length, byte[] rows, int count, KernelPath path)
    {
        var stride = ByteDot.QueryLength(length, path);
        var (sums, laid) = (new int[queries.Length * count], new short[(queries.Length * stride) + 1]);
        for (var i = 0; i < queries.Length; i++)
        {
            queries[i].CopyTo(laid, i * stride);
            laid.AsSpan((i * stride) + length, stride - length).Fill(7);
            ByteDot.Lay(laid.AsSpan(i * stride, stride), length, path);
        }

        fixed (short* q = laid)
        fixed (byte* r = rows)
        fixed (int* s = sums)
        {
            ByteDot.Run(q, queries.Length, length, r, count, s, path);
        }

        return sums;
    }
}
