using System.Buffers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>Parses a pattern in the syntax of Oniguruma (tokenizer.json) or fancy-regex (tiktoken).</summary>
internal sealed partial class PatternParser(string pattern, string path, bool oniguruma)
{
    // Each nesting level is a recursive call of the parser, the compiler and the matcher.
    private const int MaxDepth = 100;
    private const int MaxRepeats = 4;
    private const int MaxCount = 1000;
    private const int MaxBehind = 255;

    private static readonly SearchValues<char> IntervalCharacters = SearchValues.Create("0123456789,");

    private int _at;
    private int _depth;
    private bool _ignoresCase;
    private bool _dotTakesLineFeed;
    private bool _anchorsAtLines;
    private bool _isExtended;

    private bool AtEnd => _at >= pattern.Length;

    /// <summary>Parses the whole pattern.</summary>
    /// <exception cref="InvalidDataException">The pattern is malformed or too deep.</exception>
    /// <exception cref="NotSupportedException">The pattern uses an unsupported feature.</exception>
    public Node Parse()
    {
        var node = ReadAlternatives();
        return AtEnd ? node : throw Malformed("it closes a group that was not opened");
    }

    private Node ReadAlternatives()
    {
        var items = new List<Node>();
        do
        {
            items.Add(ReadSequence());
        }
        while (Skip('|'));

        return items.Count == 1 ? items[0] : new Alternatives([.. items]);
    }

    private Node ReadSequence()
    {
        var items = new List<Node>();
        while (!AtEnd && pattern[_at] is not ('|' or ')'))
        {
            if (_isExtended && SkipComment())
            {
                continue;
            }

            if (ReadAtom() is { } atom)
            {
                items.Add(ReadRepeats(atom));
            }
        }

        return items.Count == 1 ? items[0] : new Sequence([.. items]);
    }

    // Null for an option or a comment, which matches nothing.
    private Node? ReadAtom()
    {
        switch (pattern[_at])
        {
            case '(':
                _at++;
                return ReadGroup();
            case '[':
                return new OneOf(ReadClass());
            case '\\':
                _at++;
                return ReadEscape();
            case '.':
                _at++;
                return new OneOf(_dotTakesLineFeed ? CodePointRanges.All : CodePointRanges.Of('\n').Complement());
            case '^':
                _at++;
                return new At(oniguruma ? Place.LineStart : _anchorsAtLines ? Place.LineStartAnywhere : Place.TextStart);
            case '$':
                _at++;
                return new At(oniguruma || _anchorsAtLines ? Place.LineEnd : Place.TextEnd);
            case '*' or '+' or '?':
                throw Malformed("it repeats nothing");
            default:
                return Literal(ReadCodePoint());
        }
    }

    private OneOf Literal(int c) => new(WithCase(CodePointRanges.Of(c)));

    private CodePointRanges WithCase(CodePointRanges set) => _ignoresCase ? CaseFolding.Close(set) : set;

    private Node ReadRepeats(Node atom)
    {
        for (var count = 0; !AtEnd;)
        {
            if (_isExtended && SkipComment())
            {
                continue;
            }

            var start = _at;
            if (ReadRepeat(atom) is not { } repeat)
            {
                _at = start;
                break;
            }

            atom = ++count <= MaxRepeats ? repeat : throw Malformed($"more than {MaxRepeats} repetitions follow each other");
        }

        return atom;
    }

    private Repeat? ReadRepeat(Node atom)
    {
        var (min, max, isInterval) = pattern[_at++] switch
        {
            '*' => (0, int.MaxValue, false),
            '+' => (1, int.MaxValue, false),
            '?' => (0, 1, false),
            '{' => ReadInterval(),
            _ => (-1, 0, false),
        };
        if (min < 0)
        {
            return null;
        }

        // In Oniguruma, {n,m}+ repeats {n,m}, and {n}? may match nothing.
        if (isInterval && oniguruma)
        {
            return min != max && Skip('?') ? new Repeat(atom, min, max, Greed.Lazy) : new Repeat(atom, min, max, Greed.Greedy);
        }

        return new Repeat(atom, min, max, Skip('?') ? Greed.Lazy : Skip('+') ? Greed.Possessive : Greed.Greedy);
    }

    // {n}, {n,}, {n,m} and {,m}; anything else is literal text.
    private (int Min, int Max, bool IsInterval) ReadInterval()
    {
        var close = pattern.IndexOf('}', _at);
        var inside = close < 0 ? default : pattern.AsSpan(_at, close - _at);
        if (inside.IsEmpty || inside.ContainsAnyExcept(IntervalCharacters) || inside.Count(',') > 1)
        {
            return (-1, 0, false);
        }

        var comma = inside.IndexOf(',');
        var from = comma < 0 ? inside : inside[..comma];
        var to = comma < 0 ? inside : inside[(comma + 1)..];
        if (from.IsEmpty && (to.IsEmpty || !oniguruma))
        {
            return (-1, 0, false);
        }

        _at = close + 1;
        var min = from.IsEmpty ? 0 : ReadCount(from);
        var max = to.IsEmpty ? int.MaxValue : ReadCount(to);
        return min <= max ? (min, max, true) : throw Malformed($"{{{inside}}} counts down");
    }

    private int ReadCount(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, out var count) && count <= MaxCount ? count : throw Malformed($"it repeats more than {MaxCount} times");

    private T Nested<T>(Func<T> read)
    {
        if (++_depth > MaxDepth)
        {
            throw Malformed($"it is nested more than {MaxDepth} deep");
        }

        var inside = read();
        _depth--;
        return inside;
    }

    private int ReadCodePoint()
    {
        var c = pattern[_at];
        if (!char.IsHighSurrogate(c) || _at + 1 >= pattern.Length || !char.IsLowSurrogate(pattern[_at + 1]))
        {
            _at++;
            return c;
        }

        _at += 2;
        return char.ConvertToUtf32(c, pattern[_at - 1]);
    }

    // (?x): white space, and # to the end of the line.
    private bool SkipComment()
    {
        if (char.IsWhiteSpace(pattern[_at]))
        {
            _at++;
            return true;
        }

        if (pattern[_at] != '#')
        {
            return false;
        }

        var end = pattern.IndexOf('\n', _at);
        _at = end < 0 ? pattern.Length : end + 1;
        return true;
    }

    private bool Skip(char c)
    {
        if (AtEnd || pattern[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Skip(string text)
    {
        if (!pattern.AsSpan(Math.Min(_at, pattern.Length)).StartsWith(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private InvalidDataException Malformed(string why) =>
        new($"{path}: the pattern {Pattern.Show(pattern)} is malformed: {Files.JsonField.Clean(why)}.");

    private NotSupportedException NotBuilt(string what) =>
        new($"{path}: the pattern {Pattern.Show(pattern)} uses {what}, which is not supported.");
}
