using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Shows the scores of all rows, or of those that a filter lets through, to what keeps the best.</summary>
internal readonly unsafe struct FlatScan(FlatRows rows, RowIds ids, IdFilter? filter)
{
    // Rows scored between two looks at what is kept: one word of the filter.
    private const int BlockRows = CodeBlock.Rows;

    // With fewer rows let through than this, they are scored one by one.
    public const int Few = 24;

    // So many rows may have to be scored before bytes must have spared three in four.
    private const int Patience = 1024;

    /// <summary>Scans the rows from <paramref name="from"/> up to <paramref name="to"/>; from is a multiple of 64.</summary>
    public void Run<THits>(float* query, int from, int to, ref THits hits)
        where THits : struct, IHits, allows ref struct
    {
        if (rows is NumberRows { Coded: true } coded)
        {
            from = RunCoded(coded, query, from, to, ref hits);
        }

        var memory = (stackalloc float[BlockRows]);
        for (var first = from; first < to; first += BlockRows)
        {
            var scores = memory[..Math.Min(BlockRows, to - first)];
            var allowed = Allowed(first, scores.Length);
            if (BitOperations.PopCount(allowed) < Math.Min(Few, scores.Length))
            {
                Pick(query, allowed, first, ref hits);
                continue;
            }

            rows.Score(query, first, scores);
            Keep(scores, allowed, first, ref hits);
        }
    }

    // Scans bytes, and scores the rows whose bounds let them enter. Returns where it gave up, since that was no less work.
    private int RunCoded<THits>(NumberRows codes, float* query, int from, int to, ref THits hits)
        where THits : struct, IHits, allows ref struct
    {
        var numbers = ArrayPool<short>.Shared.Rent(CodedQuery.Length(rows.Dimensions));
        var coded = new CodedQuery(
            rows.Metric, new ReadOnlySpan<float>(query, rows.Dimensions), numbers.AsSpan(0, CodedQuery.Length(rows.Dimensions)));
        var memory = stackalloc float[CodeBlock.Memory];
        var dots = stackalloc int[BlockRows];
        var (first, scored) = (from, 0);
        fixed (short* laid = numbers)
        {
            for (; first < to && coded.Bounds && scored <= Patience + ((first - from) / 4); first += BlockRows)
            {
                var count = Math.Min(BlockRows, to - first);
                var passing = Allowed(first, count);
                if (BitOperations.PopCount(passing) >= Few)
                {
                    var block = codes.CodesOf(first, count, memory);
                    ByteDot.Run(laid, 1, rows.Dimensions, block.Bytes, count, dots, KernelPaths.Best);
                    passing &= coded.Test(block, count, dots, hits.Threshold);
                    scored += BitOperations.PopCount(passing);
                }

                Pick(query, passing, first, ref hits);
            }
        }

        ArrayPool<short>.Shared.Return(numbers);
        return first;
    }

    // Finite vectors of huge components may still score an infinity, or NaN where two of them meet: that ranks last, and is not lost.
    private void Keep<THits>(scoped ReadOnlySpan<float> scores, ulong allowed, int first, ref THits hits)
        where THits : struct, IHits, allows ref struct
    {
        for (var passing = allowed & NotLess(scores, hits.Threshold); passing != 0; passing &= passing - 1)
        {
            var i = BitOperations.TrailingZeroCount(passing);
            if (!(scores[i] < hits.Threshold))
            {
                Show(scores[i], first + i, ref hits);
            }
        }
    }

    // Bit i: whether score i is not below the threshold.
    private static ulong NotLess(ReadOnlySpan<float> scores, float threshold)
    {
        var (bits, i) = (0UL, 0);
        for (; i <= scores.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            bits |=
                (ulong)(~Vector256.LessThan(Vector256.Create(scores[i..]), Vector256.Create(threshold)).ExtractMostSignificantBits() & 0xFF)
                << i;
        }

        for (; i < scores.Length; i++)
        {
            bits |= scores[i] < threshold ? 0 : 1UL << i;
        }

        return bits;
    }

    /// <summary>Scores the rows whose bits are set, one by one.</summary>
    public void Pick<THits>(float* query, ulong allowed, int first, ref THits hits)
        where THits : struct, IHits, allows ref struct
    {
        for (; allowed != 0; allowed &= allowed - 1)
        {
            var row = first + BitOperations.TrailingZeroCount(allowed);
            Show(rows.Score(query, row), row, ref hits);
        }
    }

    private void Show<THits>(float score, int row, ref THits hits)
        where THits : struct, IHits, allows ref struct =>
        hits.Add(new Hit(ids.IdOf(row), float.IsNaN(score) ? float.NegativeInfinity : score));

    /// <summary>Bit i: whether row first + i may be answered; first is a multiple of 64.</summary>
    public ulong Allowed(int first, int count)
    {
        var all = count == BlockRows ? ulong.MaxValue : (1UL << count) - 1;
        if (filter is null)
        {
            return all;
        }

        if (ids.AreRows)
        {
            var word = first / BlockRows;
            return word < filter.Words.Length ? filter.Words[word] & all : 0;
        }

        var allowed = 0UL;
        for (var i = 0; i < count; i++)
        {
            allowed |= filter.Allows(ids.IdOf(first + i)) ? 1UL << i : 0;
        }

        return allowed;
    }
}
