using System.Globalization;

namespace Simile.Tokenizers.Unicode;

/// <summary>
/// A set of code points as sorted, separate ranges. For set algebra; <see cref="CodePointSet"/> is for lookups. Immutable.
/// </summary>
internal sealed class CodePointRanges : IEquatable<CodePointRanges>
{
    private const int Last = 0x10FFFF;

    /// <summary>No code point.</summary>
    public static readonly CodePointRanges Empty = new([]);

    /// <summary>Every code point.</summary>
    public static readonly CodePointRanges All = new([(0, Last)]);

    private readonly (int First, int Last)[] _ranges;

    private CodePointRanges((int First, int Last)[] ranges) => _ranges = ranges;

    /// <summary>The ranges in order.</summary>
    public ReadOnlySpan<(int First, int Last)> Ranges => _ranges;

    /// <summary>Whether the set is empty.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The only code point, or -1 if there is not exactly one.</summary>
    public int Single => _ranges is [var (first, last)] && first == last ? first : -1;

    /// <summary>One code point.</summary>
    public static CodePointRanges Of(int codePoint) => Of(codePoint, codePoint);

    /// <summary>All code points from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static CodePointRanges Of(int first, int last) => new([(first, last)]);

    /// <summary>The union of ranges in any order.</summary>
    public static CodePointRanges Of(List<(int First, int Last)> ranges)
    {
        ranges.Sort(static (a, b) => a.First.CompareTo(b.First));
        var merged = new List<(int First, int Last)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new CodePointRanges([.. merged]);
    }

    /// <summary>Reads ranges in hexadecimal such as "300-36F 483".</summary>
    public static CodePointRanges Parse(ReadOnlySpan<char> text)
    {
        var ranges = new List<(int, int)>();
        foreach (var part in text.Split(' '))
        {
            var range = text[part];
            var dash = range.IndexOf('-');
            var first = Hex(dash < 0 ? range : range[..dash]);
            ranges.Add((first, dash < 0 ? first : Hex(range[(dash + 1)..])));
        }

        return Of(ranges);
    }

    /// <summary>The union of sets.</summary>
    public static CodePointRanges Union(params ReadOnlySpan<CodePointRanges> sets)
    {
        if (sets.Length == 1)
        {
            return sets[0];
        }

        var all = new List<(int, int)>();
        foreach (var set in sets)
        {
            all.AddRange(set._ranges);
        }

        return Of(all);
    }

    /// <summary>Whether the set holds a code point.</summary>
    public bool Contains(int codePoint)
    {
        var at = Array.BinarySearch(_ranges, (codePoint, int.MaxValue));
        return ~at > 0 && _ranges[~at - 1].Last >= codePoint;
    }

    public bool Equals(CodePointRanges? other) => other is not null && Ranges.SequenceEqual(other.Ranges);

    public override bool Equals(object? obj) => Equals(obj as CodePointRanges);

    public override int GetHashCode() => _ranges.Length == 0 ? 0 : HashCode.Combine(_ranges.Length, _ranges[0], _ranges[^1]);

    /// <summary>The complement.</summary>
    public CodePointRanges Complement()
    {
        var gaps = new List<(int, int)>(_ranges.Length + 1);
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            gaps.Add((next, Last));
        }

        return new CodePointRanges([.. gaps]);
    }

    /// <summary>The intersection of two sets.</summary>
    public CodePointRanges Intersect(CodePointRanges other)
    {
        var common = new List<(int, int)>();
        for (int i = 0, j = 0; i < _ranges.Length && j < other._ranges.Length;)
        {
            var first = Math.Max(_ranges[i].First, other._ranges[j].First);
            var last = Math.Min(_ranges[i].Last, other._ranges[j].Last);
            if (first <= last)
            {
                common.Add((first, last));
            }

            if (_ranges[i].Last < other._ranges[j].Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return new CodePointRanges([.. common]);
    }

    /// <summary>The code points of this set that are not in the other.</summary>
    public CodePointRanges Except(CodePointRanges other) => Intersect(other.Complement());

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
