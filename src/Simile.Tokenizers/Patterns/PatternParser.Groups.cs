namespace Simile.Tokenizers.Patterns;

internal sealed partial class PatternParser
{
    // After the opening parenthesis.
    private Node? ReadGroup()
    {
        if (!Skip('?'))
        {
            return !AtEnd && pattern[_at] == '*' ? throw NotBuilt("a call (*...)") : ReadInside();
        }

        if (Skip("#"))
        {
            var end = pattern.IndexOf(')', _at);
            _at = end < 0 ? throw Malformed("a comment is not closed") : end + 1;
            return null;
        }

        if (Skip(":"))
        {
            return ReadInside();
        }

        if (Skip(">"))
        {
            return new Atomic(ReadInside());
        }

        return ReadLook() ?? ReadNamed() ?? ReadOptions();
    }

    private Look? ReadLook()
    {
        if (Skip("="))
        {
            return new Look(ReadInside(), false, -1, -1);
        }

        if (Skip("!"))
        {
            return new Look(ReadInside(), true, -1, -1);
        }

        var negative = Skip("<!");
        if (!negative && !Skip("<="))
        {
            return null;
        }

        var item = ReadInside();
        var (min, max) = Widths(item);
        return max <= MaxBehind ? new Look(item, negative, min, max) : throw NotBuilt($"a look behind of more than {MaxBehind} characters");
    }

    // There are no backreferences, so names are only skipped.
    private Node? ReadNamed()
    {
        if (!Skip("P<") && !Skip("<") && !Skip("'"))
        {
            return null;
        }

        var end = pattern.IndexOf(pattern[_at - 1] == '<' ? '>' : '\'', _at);
        if (end <= _at)
        {
            throw Malformed("the name of a group is not closed");
        }

        _at = end + 1;
        return ReadInside();
    }

    private Node ReadInside()
    {
        var (ignoresCase, dot, anchors, extended) = (_ignoresCase, _dotTakesLineFeed, _anchorsAtLines, _isExtended);
        var node = Nested(ReadAlternatives);
        (_ignoresCase, _dotTakesLineFeed, _anchorsAtLines, _isExtended) = (ignoresCase, dot, anchors, extended);
        return Skip(')') ? node : throw Malformed("a group is not closed");
    }

    // (?i) for the rest of the group, (?i:...) for its content.
    private Node? ReadOptions()
    {
        var before = (_ignoresCase, _dotTakesLineFeed, _anchorsAtLines, _isExtended);
        for (var on = true; !AtEnd; _at++)
        {
            switch (pattern[_at])
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    _ignoresCase = on;
                    break;
                case 's':
                    _dotTakesLineFeed = on;
                    break;
                // Oniguruma's m is called s elsewhere; its ^ and $ always match at every line.
                case 'm' when oniguruma:
                    _dotTakesLineFeed = on;
                    break;
                case 'm':
                    _anchorsAtLines = on;
                    break;
                case 'x':
                    _isExtended = on;
                    break;
                // Unicode is always on.
                case 'u' when on:
                    break;
                case ')':
                    _at++;
                    // In Oniguruma, a(?i)b|c means a(?i:b|c).
                    return oniguruma ? Nested(ReadAlternatives) : null;
                case ':':
                    _at++;
                    var inside = ReadInside();
                    (_ignoresCase, _dotTakesLineFeed, _anchorsAtLines, _isExtended) = before;
                    return inside;
                default:
                    throw NotBuilt($"the group (?{pattern[_at]}");
            }
        }

        throw Malformed("a group is not closed");
    }

    // The possible lengths of a node in code points.
    private static (int Min, int Max) Widths(Node node)
    {
        switch (node)
        {
            case OneOf:
                return (1, 1);
            case Sequence sequence:
                var all = sequence.Items.Select(Widths).ToArray();
                return (Clip(all.Sum(w => (long)w.Min)), Clip(all.Sum(w => (long)w.Max)));
            case Alternatives alternatives:
                var each = alternatives.Items.Select(Widths).ToArray();
                return (each.Min(w => w.Min), each.Max(w => w.Max));
            case Atomic atomic:
                return Widths(atomic.Item);
            case Repeat repeat:
                var (min, max) = Widths(repeat.Item);
                return (Clip((long)min * repeat.Min), Clip((long)max * repeat.Max));
            default:
                return (0, 0);
        }
    }

    private static int Clip(long width) => (int)Math.Min(int.MaxValue, width);
}
