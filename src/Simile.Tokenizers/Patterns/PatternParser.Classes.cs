using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

internal sealed partial class PatternParser
{
    // At the opening bracket. Case is folded before the class is negated.
    private CodePointRanges ReadClass()
    {
        _at++;
        var negated = Skip('^');
        var sets = new List<CodePointRanges>();
        CodePointRanges? common = null;
        var isFirst = true;
        while (true)
        {
            if (AtEnd)
            {
                throw Malformed("a class is not closed");
            }

            // A bracket in the first position is a literal.
            if (pattern[_at] == ']' && !isFirst)
            {
                _at++;
                break;
            }

            if (Skip("&&"))
            {
                common = Common(common, sets);
                sets.Clear();
            }
            else
            {
                sets.Add(ReadMember());
            }

            isFirst = false;
        }

        var set = WithCase(Common(common, sets));
        return negated ? set.Complement() : set;
    }

    private static CodePointRanges Common(CodePointRanges? left, List<CodePointRanges> sets)
    {
        var right = CodePointRanges.Union([.. sets]);
        return left is null ? right : left.Intersect(right);
    }

    // A code point, a range, a set or a nested class.
    private CodePointRanges ReadMember()
    {
        if (pattern[_at] == '[')
        {
            return ReadPosix() ?? Nested(ReadClass);
        }

        if (ReadClassSet() is { } set)
        {
            return set;
        }

        var first = ReadClassPoint();
        if (_at + 1 >= pattern.Length || pattern[_at] != '-' || pattern[_at + 1] is ']' or '[')
        {
            return CodePointRanges.Of(first);
        }

        _at++;
        if (ReadClassSet() is { } behind)
        {
            return CodePointRanges.Union(CodePointRanges.Of(first), CodePointRanges.Of('-'), behind);
        }

        var last = ReadClassPoint();
        return first <= last ? CodePointRanges.Of(first, last) : throw Malformed($"the range from U+{first:X4} to U+{last:X4} is empty");
    }

    private CodePointRanges? ReadClassSet()
    {
        if (pattern[_at] != '\\' || _at + 1 >= pattern.Length)
        {
            return null;
        }

        _at++;
        var set = ReadSet();
        if (set is null)
        {
            _at--;
        }

        return set;
    }

    private int ReadClassPoint()
    {
        if (!Skip('\\'))
        {
            return ReadCodePoint();
        }

        return AtEnd ? throw Malformed("a class is not closed") : Skip('b') ? '\b' : ReadEscapedCodePoint();
    }

    // [:alpha:], [:^alpha:]
    private CodePointRanges? ReadPosix()
    {
        var end = pattern.IndexOf(":]", _at, StringComparison.Ordinal);
        if (_at + 1 >= pattern.Length || pattern[_at + 1] != ':' || end < 0)
        {
            return null;
        }

        var name = pattern.AsSpan(_at + 2, end - _at - 2);
        var negated = name.StartsWith('^');
        name = negated ? name[1..] : name;
        if (name.ContainsAnyExceptInRange('a', 'z'))
        {
            return null;
        }

        var set = PropertyNames.FindPosix(name) ?? (PropertyNames.IsWord(name) ? Word : null);
        _at = set is null ? _at : end + 2;
        return set is not null && negated ? set.Complement() : set;
    }
}
