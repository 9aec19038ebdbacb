namespace Simile.Tokenizers.Unicode;

/// <summary>Case-insensitive equality of code points by Unicode 16's simple case folding.</summary>
/// <remarks>Oniguruma also matches "ss" for ß and similar; no pattern of a known tokenizer needs this, so it is left out.</remarks>
internal static class CaseFolding
{
    // Every code point that equals another, with its whole class (itself included).
    private static readonly Lazy<Dictionary<int, int[]>> Kinds = new(Read);

    /// <summary>Extends a set by all code points that equal one of its members.</summary>
    public static CodePointRanges Close(CodePointRanges set)
    {
        if (set.Single is >= 0 and var single)
        {
            return Kinds.Value.TryGetValue(single, out var same) ? CodePointRanges.Of([.. same.Select(k => (k, k))]) : set;
        }

        var closed = new List<(int, int)>();
        foreach (var range in set.Ranges)
        {
            closed.Add(range);
        }

        foreach (var (point, kind) in Kinds.Value)
        {
            if (set.Contains(point))
            {
                closed.AddRange(kind.Select(k => (k, k)));
            }
        }

        return CodePointRanges.Of(closed);
    }

    private static Dictionary<int, int[]> Read()
    {
        var byFold = new Dictionary<int, List<int>>();
        foreach (var (first, last, step, by) in Properties.Folds)
        {
            for (var c = first; c <= last; c += step)
            {
                if (!byFold.TryGetValue(c + by, out var kind))
                {
                    byFold.Add(c + by, kind = [c + by]);
                }

                kind.Add(c);
            }
        }

        return byFold.Values.SelectMany(kind => kind.Select(c => (c, kind))).ToDictionary(e => e.c, e => e.kind.ToArray());
    }
}
