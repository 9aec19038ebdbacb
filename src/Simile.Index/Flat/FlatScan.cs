using System.Numerics;

namespace Simile.Index.Flat;

/// <summary>Shows the scores of all rows, or of those that a filter lets through, to what keeps the best.</summary>
internal readonly unsafe struct FlatScan(FlatRows rows, RowIds ids, IdFilter? filter)
{
    // Rows scored between two looks at what is kept: one word of the filter.
    private const int BlockRows = 64;

    // With fewer rows let through than this, they are scored one by one.
    private const int Few = 24;

    /// <summary>Scans the rows from <paramref name="from"/> up to <paramref name="to"/>; from is a multiple of 64.</summary>
    public void Run<THits>(float* query, int from, int to, ref THits hits)
        where THits : struct, IHits, allows ref struct
    {
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

    // Finite vectors of huge components may still score an infinity, or NaN where two of them meet: that ranks last, and is not lost.
    private void Keep<THits>(scoped ReadOnlySpan<float> scores, ulong allowed, int first, ref THits hits)
        where THits : struct, IHits, allows ref struct
    {
        var threshold = hits.Threshold;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] < threshold) && (allowed >> i & 1) != 0)
            {
                Show(scores[i], first + i, ref hits);
                threshold = hits.Threshold;
            }
        }
    }

    private void Pick<THits>(float* query, ulong allowed, int first, ref THits hits)
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

    // Bit i: whether row first + i may be answered.
    private ulong Allowed(int first, int count)
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
