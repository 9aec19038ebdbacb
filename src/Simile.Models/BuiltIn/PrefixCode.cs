namespace Simile.Models.BuiltIn;

/// <summary>A canonical prefix code for symbols 0 to 63 with at most 11 bits per symbol.</summary>
/// <remarks>Huffman, A Method for the Construction of Minimum-Redundancy Codes (1952). Counts are halved until the lengths fit.</remarks>
internal static class PrefixCode
{
    public const int Symbols = 64;
    public const int MaxBits = 11;

    /// <summary>The code lengths in bits for symbols with the given counts; 0 for symbols that do not occur.</summary>
    public static byte[] Lengths(ReadOnlySpan<long> counts)
    {
        var weights = counts.ToArray();
        for (var symbol = 0; weights.Count(weight => weight > 0) < 2; symbol++)
        {
            weights[symbol] = Math.Max(1, weights[symbol]);
        }

        for (; ; )
        {
            var lengths = Huffman(weights);
            if (lengths.Max() <= MaxBits)
            {
                return lengths;
            }

            for (var symbol = 0; symbol < Symbols; symbol++)
            {
                weights[symbol] = (weights[symbol] + 1) / 2;
            }
        }
    }

    /// <summary>The code words for lengths, with the first bit lowest, as in the stream.</summary>
    public static ushort[] Words(ReadOnlySpan<byte> lengths)
    {
        var words = new ushort[Symbols];
        var next = 0;
        for (var bits = 1; bits <= MaxBits; bits++, next <<= 1)
        {
            for (var symbol = 0; symbol < Symbols; symbol++)
            {
                if (lengths[symbol] == bits)
                {
                    words[symbol] = Reverse(next++, bits);
                }
            }
        }

        return words;
    }

    /// <summary>Whether every bit sequence decodes to exactly one symbol sequence.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> lengths)
    {
        var sum = 0;
        foreach (var length in lengths)
        {
            if (length > MaxBits)
            {
                return false;
            }

            sum += length > 0 ? 1 << (MaxBits - length) : 0;
        }

        return sum == 1 << MaxBits;
    }

    private static ushort Reverse(int word, int bits)
    {
        var reversed = 0;
        for (var bit = 0; bit < bits; bit++)
        {
            reversed |= ((word >> bit) & 1) << (bits - 1 - bit);
        }

        return (ushort)reversed;
    }

    private static byte[] Huffman(long[] weights)
    {
        var queue = new PriorityQueue<int[], (long Weight, int Order)>();
        for (var symbol = 0; symbol < Symbols; symbol++)
        {
            if (weights[symbol] > 0)
            {
                queue.Enqueue([symbol], (weights[symbol], symbol));
            }
        }

        var lengths = new byte[Symbols];
        for (var order = Symbols; queue.Count > 1; order++)
        {
            queue.TryDequeue(out var rare, out var first);
            queue.TryDequeue(out var next, out var second);
            int[] joined = [.. rare!, .. next!];
            foreach (var symbol in joined)
            {
                lengths[symbol]++;
            }

            queue.Enqueue(joined, (first.Weight + second.Weight, order));
        }

        return lengths;
    }
}
