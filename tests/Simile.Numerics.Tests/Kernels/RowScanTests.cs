using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests.Kernels;

public unsafe class RowScanTests
{
    public static TheoryData<string> Paths => [.. KernelPaths.Available.Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_path_and_format_equals_the_definition(string name)
    {
        var path = Enum.Parse<KernelPath>(name);
        for (var length = 1; length <= 150; length += length < 70 ? 1 : 13)
        {
            Compare<Float32Format>(length, path);
            Compare<Float16Format>(length, path);
            Compare<Int8Format>(length, path);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void All_halves_are_read_as_they_are(string name)
    {
        var halves = Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite)
            .ToArray();
        var floats = new float[halves.Length];
        fixed (Half* source = halves)
        fixed (float* target = floats)
        {
            RowDecode<Float16Format>.Run((byte*)source, null, halves.Length, target, Enum.Parse<KernelPath>(name));
        }

        Assert.Equal(halves.Select(half => BitConverter.SingleToInt32Bits((float)half)), floats.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_lax_sum_is_greater_by_a_share_of_the_length_and_no_number_where_a_component_is_huge(string name)
    {
        foreach (var length in new[] { 1, 7, 16, 33, 150 })
        {
            var vector = Vectors.Random(length, 1);
            var shares = Enumerable.Repeat(0.01f, length).ToArray();
            Assert.Equal(vector.Sum(x => x + (0.01 * Math.Abs(x))), UpperSumOf(), 1e-4);
            vector[length / 2] = -1e30f;
            Assert.Equal(float.NaN, UpperSumOf());

            float UpperSumOf()
            {
                var sum = 0f;
                fixed (float* s = shares, v = vector)
                {
                    RowScan<UpperSum, Float32Format>.Run(s, length, (byte*)v, null, 1, &sum, Enum.Parse<KernelPath>(name));
                }

                return sum;
            }
        }
    }

    [Fact]
    public void Bytes_are_nearest_steps_between_the_ends()
    {
        var (bytes, scale) = (new byte[5], new float[2]);
        Write<Int8Format>([-1, 1, 0.1f, 0.5f, -0.99f], bytes, scale);
        Assert.Equal([0, 255, 140, 191, 1], bytes);
        Write<Int8Format>([3, 3, 3, 3, 3], bytes, scale);
        Assert.Equal([3f, 0f], scale);
        Assert.Equal([0, 0, 0, 0, 0], bytes);
    }

    private static void Compare<TFormat>(int length, KernelPath path)
        where TFormat : struct, IRowFormat
    {
        const int Count = 5;
        var query = Vectors.Random(length, 1);
        var (rows, scales, decoded, sums) =
            (new byte[Count * length * TFormat.Size], new float[2 * Count], new float[length], new float[Count]);
        for (var i = 0; i < Count; i++)
        {
            Write<TFormat>(
                Vectors.Random(length, 2 + i), rows.AsSpan(i * length * TFormat.Size, length * TFormat.Size), scales.AsSpan(2 * i, 2));
        }

        fixed (byte* r = rows)
        fixed (float* q = query, s = scales, d = decoded, target = sums)
        {
            RowScan<Manhattan, TFormat>.Run(q, length, r, s, Count, target, path);
            for (var i = 0; i < Count; i++)
            {
                var row = r + (i * length * TFormat.Size);
                RowDecode<TFormat>.Run(row, s + (2 * i), length, d, path);
                Assert.Equal(query.Zip(decoded, (x, y) => Math.Abs((double)x - y)).Sum(), sums[i], 1e-4);
                Assert.All(
                    Vectors.Random(length, 2 + i).Zip(decoded),
                    pair => Assert.Equal(pair.First, pair.Second, TFormat.Scaled ? 0.0041f : 0.0005f));
                var alone = 0f;
                RowScan<Manhattan, TFormat>.Run(q, length, row, s + (2 * i), 1, &alone, path);
                Assert.Equal(sums[i], alone);
            }
        }
    }

    private static void Write<TFormat>(ReadOnlySpan<float> vector, Span<byte> row, Span<float> scale)
        where TFormat : struct, IRowFormat
    {
        fixed (byte* r = row)
        fixed (float* s = scale)
        {
            TFormat.Write(vector, r, s);
        }
    }
}
