using Simile.Models.BuiltIn;

namespace Simile.Models.Tests.BuiltIn;

public sealed class PrefixCodeTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lengths_make_a_complete_code_whatever_the_counts(int seed)
    {
        var lengths = PrefixCode.Lengths(Counts(seed));
        Assert.True(PrefixCode.IsComplete(lengths));
        Assert.InRange(lengths.Max(), 1, PrefixCode.MaxBits);
    }

    [Fact]
    public void Lengths_are_those_of_Huffman()
    {
        var counts = new long[PrefixCode.Symbols];
        (counts[3], counts[5], counts[7], counts[60]) = (8, 4, 2, 1);
        var lengths = PrefixCode.Lengths(counts);
        Assert.Equal((1, 2, 3, 3), (lengths[3], lengths[5], lengths[7], lengths[60]));
        Assert.Equal(60, lengths.Count(length => length == 0));
    }

    [Theory]
    [InlineData(new byte[] { 1 }, false)]
    [InlineData(new byte[] { 1, 1 }, true)]
    [InlineData(new byte[] { 1, 1, 1 }, false)]
    [InlineData(new byte[] { 1, 2, 2 }, true)]
    [InlineData(new byte[] { 0, 0 }, false)]
    [InlineData(new byte[] { 1, 12, 12 }, false)]
    public void Only_complete_codes_of_at_most_11_bits_are_taken(byte[] lengths, bool complete) =>
        Assert.Equal(complete, PrefixCode.IsComplete(lengths));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decoding_many_symbols_at_a_time_equals_decoding_bit_by_bit(int seed)
    {
        var lengths = PrefixCode.Lengths(Counts(seed));
        var bits = new byte[300];
        new Random(seed).NextBytes(bits);
        const int Count = 200;
        var symbols = new byte[Count + PrefixDecoder.Slack];
        new PrefixDecoder(lengths).Decode(bits, symbols, Count);
        Assert.Equal(BitByBit(bits, lengths, Count), symbols[..Count]);
    }

    private static byte[] BitByBit(byte[] bits, byte[] lengths, int count)
    {
        var words = PrefixCode.Words(lengths);
        var symbols = new byte[count];
        var position = 0;
        for (var i = 0; i < count; i++)
        {
            var (word, length, symbol) = (0, 0, -1);
            while (symbol < 0)
            {
                word |= ((bits[position >> 3] >> (position & 7)) & 1) << length;
                (position, length) = (position + 1, length + 1);
                symbol = Array.FindIndex(lengths, candidate => candidate == length) < 0 ? -1
                    : Enumerable.Range(0, PrefixCode.Symbols).FirstOrDefault(s => lengths[s] == length && words[s] == word, -1);
            }

            symbols[i] = (byte)symbol;
        }

        return symbols;
    }

    private static long[] Counts(int seed)
    {
        var random = new Random(seed);
        var used = 1 + random.Next(PrefixCode.Symbols);
        return [.. Enumerable.Range(0, PrefixCode.Symbols)
            .Select(symbol => symbol < used ? (long)Math.Pow(10, random.NextDouble() * 8) : 0)];
    }
}
