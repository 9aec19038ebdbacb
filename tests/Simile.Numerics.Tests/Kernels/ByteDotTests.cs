using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests.Kernels;

public unsafe class ByteDotTests
{
    public static TheoryData<string> Paths => [.. KernelPaths.Available.Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_path_equals_the_definition(string name)
    {
        const int Count = 3;
        var (path, random) = (Enum.Parse<KernelPath>(name), new Random(1));
        for (var length = 1; length < 200; length++)
        {
            var most = Math.Min(short.MaxValue, int.MaxValue / 255 / length);
            var query = Enumerable.Range(0, length).Select(i => (short)(length % 7 == 0 ? most : random.Next(-most, most + 1))).ToArray();
            var (rows, sums, laid) = (new byte[Count * length], new int[Count], new short[ByteDot.QueryLength(length, path)]);
            random.NextBytes(rows);
            rows.AsSpan(0, length).Fill(255);
            ByteDot.Lay(query, laid, path);
            fixed (short* q = laid)
            fixed (byte* r = rows)
            fixed (int* s = sums)
            {
                ByteDot.Run(q, length, r, Count, s, path);
            }

            Assert.Equal(rows.Chunk(length).Select(row => row.Zip(query, (x, y) => x * y).Sum()), sums);
        }
    }
}
