using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simile.Index.Codes;

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
        AssertEqual(bytes, Weights(random, length), length);

        // The greatest sums that can be: nothing may overflow.
        bytes.AsSpan().Fill(255);
        AssertEqual(bytes, [.. Enumerable.Repeat((sbyte)127, 2 * length)], length);
        AssertEqual(bytes, [.. Enumerable.Repeat((sbyte)-127, 2 * length)], length);
    }

    private static sbyte[] Weights(Random random, int length) => [.. Enumerable.Range(0, 2 * length).Select(_ => (sbyte)random.Next(-127, 128))];

    private static void AssertEqual(byte[] codes, sbyte[] weights, int length)
    {
        var expected = Sums<ScalarCodeKernel>(codes, weights, length);
        Assert.Equal(expected, Sums<CodeKernel128>(codes, weights, length));
        if (Avx2.IsSupported)
        {
            Assert.Equal(expected, Sums<CodeKernel256>(codes, weights, length));
        }

        if (Avx512BW.IsSupported)
        {
            Assert.Equal(expected, Sums<CodeKernel512>(codes, weights, length));
        }
    }

    private static (Vector128<int> Nibbles, Vector128<int> Bytes, int Pair) Sums<TKernel>(byte[] codes, sbyte[] weights, int length)
        where TKernel : struct, ICodeKernel
    {
        var query = Array.ConvertAll(weights, weight => (short)(weight * 60));
        fixed (byte* x = codes)
        {
            fixed (sbyte* low = weights)
            {
                fixed (short* q = query)
                {
                    var s = (sbyte*)x;
                    return (
                        TKernel.Nibbles(x, x + length, x + (2 * length), x + (3 * length), low, low + length, length),
                        TKernel.Bytes(q, s, s + length, s + (2 * length), s + (3 * length), length),
                        TKernel.Bytes(s, low, length));
                }
            }
        }
    }
}
