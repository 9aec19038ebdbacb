using System.Globalization;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

internal sealed partial class PatternParser
{
    // Outside a class, after the backslash.
    private Node ReadEscape()
    {
        if (AtEnd)
        {
            throw Malformed("it ends in a backslash");
        }

        switch (pattern[_at])
        {
            case 'b':
                _at++;
                return new At(Place.WordBoundary);
            case 'B':
                _at++;
                return new At(Place.NotWordBoundary);
            case 'A':
                _at++;
                return new At(Place.TextStart);
            case 'z':
                _at++;
                return new At(Place.TextEnd);
            case 'Z':
                _at++;
                return new At(Place.LastLineEnd);
            case 'R':
                _at++;
                return new Atomic(new Alternatives([
                    new Sequence([new OneOf(CodePointRanges.Of('\r')), new OneOf(CodePointRanges.Of('\n'))]),
                    new OneOf(CodePointRanges.Parse("A-D 85 2028-2029"))]));
            case (>= '1' and <= '9') or 'k' or 'g':
                throw NotBuilt("a reference to a group");
            case 'G' or 'K' or 'X' or 'y' or 'Y' or 'C' or 'M':
                throw NotBuilt($"\\{pattern[_at]}");
            default:
                // Oniguruma does not apply (?i) to \p{Lu}; Rust's regex does.
                return ReadSet() is { } set ? new OneOf(oniguruma ? set : WithCase(set)) : Literal(ReadEscapedCodePoint());
        }
    }

    // Escapes for sets of code points, inside and outside a class; null if the escape is a single code point.
    private CodePointRanges? ReadSet()
    {
        var c = pattern[_at];
        CodePointRanges? set = c switch
        {
            's' or 'S' => Properties.WhiteSpace,
            'd' or 'D' => Properties.Category("Nd"),
            'w' or 'W' => Word,
            'h' or 'H' when oniguruma => CodePointRanges.Parse("30-39 41-46 61-66"),
            'N' when oniguruma => CodePointRanges.Of('\n').Complement(),
            'O' when oniguruma => CodePointRanges.All,
            _ => null,
        };
        if (set is not null)
        {
            _at++;
            return c is 'S' or 'D' or 'W' or 'H' ? set.Complement() : set;
        }

        if (c is not ('p' or 'P'))
        {
            return null;
        }

        _at++;
        return ReadProperty(negated: c == 'P');
    }

    private CodePointRanges Word => oniguruma ? Properties.OnigurumaWord : Properties.RustWord;

    // \p{Name}, \p{^Name}, \pL.
    private CodePointRanges ReadProperty(bool negated)
    {
        string name;
        if (Skip('{'))
        {
            negated ^= Skip('^');
            var end = pattern.IndexOf('}', _at);
            name = end < 0 ? throw Malformed("a property is not closed") : pattern[_at..end];
            _at = end + 1;
        }
        else
        {
            name = AtEnd ? throw Malformed("it ends in \\p") : pattern[_at++].ToString();
        }

        var set = PropertyNames.Find(name) ?? (PropertyNames.IsWord(name) ? Word : throw NotBuilt($"the property {name}"));
        return negated ? set.Complement() : set;
    }

    private int ReadEscapedCodePoint()
    {
        var c = ReadCodePoint();
        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => 27,
            '0' => ReadNumber(8, 0, 2),
            'x' => Skip('{') ? ReadBraced() : ReadNumber(16, oniguruma ? 0 : 2, 2),
            'u' => Skip('{') ? ReadBraced() : ReadNumber(16, 4, 4),
            'U' when !oniguruma => Skip('{') ? ReadBraced() : ReadNumber(16, 8, 8),
            'c' when oniguruma => throw NotBuilt("\\c"),
            // Oniguruma takes any other letter literally; Rust's regex refuses it.
            _ when !oniguruma && char.IsAsciiLetterOrDigit((char)Math.Min(c, 0xFFFF)) => throw Malformed($"\\{(char)c} has no meaning"),
            _ => c,
        };
    }

    private int ReadBraced()
    {
        var end = pattern.IndexOf('}', _at);
        var digits = end < 0 ? throw Malformed("\\x{ is not closed") : pattern.AsSpan(_at, end - _at).Trim();
        _at = end + 1;
        return digits.Length is > 0 and <= 8 ? Valid(digits, 16) : throw Malformed($"\\x{{{digits}}} is not one code point");
    }

    private int ReadNumber(int radix, int least, int most)
    {
        var start = _at;
        while (_at < pattern.Length && _at - start < most && char.IsAsciiHexDigit(pattern[_at])
            && (radix == 16 || pattern[_at] is >= '0' and <= '7'))
        {
            _at++;
        }

        return _at - start < least
            ? throw Malformed("an escape has too few digits")
            : _at == start ? 0 : Valid(pattern.AsSpan(start, _at - start), radix);
    }

    private int Valid(ReadOnlySpan<char> digits, int radix)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = char.IsAsciiHexDigit(digit)
                ? (value * radix) + Convert.ToInt32(digit.ToString(), 16)
                : throw Malformed($"{digits} is not a number");
        }

        return value <= 0x10FFFF
            ? (int)value
            : throw Malformed($"U+{value.ToString("X", CultureInfo.InvariantCulture)} is not a code point");
    }
}
