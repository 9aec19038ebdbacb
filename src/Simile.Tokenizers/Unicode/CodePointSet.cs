using System.Globalization;

namespace Simile.Tokenizers.Unicode;

/// <summary>A set of code points, one bit each below U+20000 and ranges above.</summary>
internal sealed class CodePointSet
{
    private const int Dense = 0x20000;

    private readonly ulong[] _bits = new ulong[Dense / 64];
    private readonly List<(int First, int Last)> _above = [];

    /// <summary>Reads ranges such as "300-36F 483".</summary>
    public static CodePointSet Parse(ReadOnlySpan<char> ranges)
    {
        var set = new CodePointSet();
        foreach (var part in ranges.Split(' '))
        {
            var range = ranges[part];
            var dash = range.IndexOf('-');
            var first = Hex(dash < 0 ? range : range[..dash]);
            set.Add(first, dash < 0 ? first : Hex(range[(dash + 1)..]));
        }

        return set;
    }

    public bool Contains(int codePoint)
    {
        if (codePoint < Dense)
        {
            return (_bits[codePoint >> 6] >> (codePoint & 63) & 1) != 0;
        }

        foreach (var (first, last) in _above)
        {
            if (codePoint >= first && codePoint <= last)
            {
                return true;
            }
        }

        return false;
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void Add(int first, int last)
    {
        if (first >= Dense)
        {
            _above.Add((first, last));
            return;
        }

        for (var c = first; c <= last; c++)
        {
            _bits[c >> 6] |= 1UL << (c & 63);
        }
    }
}
