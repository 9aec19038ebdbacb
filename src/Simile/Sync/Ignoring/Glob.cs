namespace Simile.Sync.Ignoring;

/// <summary>Matches a name with a pattern of *, ?, [sets] and \escapes, as fnmatch(3).</summary>
internal static class Glob
{
    // Ignores case where the file system does.
    private static readonly bool IgnoresCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, retryPattern, retryName) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (retryPattern, retryName) = (++p, n);
            }
            else if (p < pattern.Length && One(pattern, p, name[n], out var next))
            {
                p = next;
                n++;
            }
            else if (retryPattern >= 0)
            {
                (p, n) = (retryPattern, ++retryName);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool One(ReadOnlySpan<char> pattern, int p, char c, out int next)
    {
        next = p + 1;
        switch (pattern[p])
        {
            case '?':
                return true;
            case '[' when Set(pattern, p, c, out next) is { } isIn:
                return isIn;
            case '\\' when p + 1 < pattern.Length:
                next = p + 2;
                return Same(pattern[p + 1], c);
            default:
                next = p + 1;
                return Same(pattern[p], c);
        }
    }

    // Null if the set has no closing bracket.
    private static bool? Set(ReadOnlySpan<char> pattern, int p, char c, out int next)
    {
        var i = p + 1;
        next = i;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        i += negated ? 1 : 0;
        var found = false;
        for (var first = i; i < pattern.Length; i++)
        {
            if (pattern[i] == ']' && i > first)
            {
                next = i + 1;
                return found != negated;
            }

            if (pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' && pattern[i..].IndexOf(":]") is > 1 and var length)
            {
                found |= IsOfClass(pattern.Slice(i + 2, length - 2), c);
                i += length + 1;
                continue;
            }

            var low = Character(pattern, ref i);
            var high = low;
            if (i + 2 < pattern.Length && pattern[i + 1] == '-' && pattern[i + 2] != ']')
            {
                i += 2;
                high = Character(pattern, ref i);
            }

            found |= (c >= low && c <= high)
                || (IgnoresCase && char.ToLowerInvariant(c) >= char.ToLowerInvariant(low)
                    && char.ToLowerInvariant(c) <= char.ToLowerInvariant(high));
        }

        return null;
    }

    private static char Character(ReadOnlySpan<char> pattern, ref int i)
    {
        i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
        return pattern[i];
    }

    private static bool IsOfClass(ReadOnlySpan<char> name, char c) => name switch
    {
        "alpha" => char.IsAsciiLetter(c),
        "digit" => char.IsAsciiDigit(c),
        "alnum" => char.IsAsciiLetterOrDigit(c),
        "upper" => char.IsAsciiLetterUpper(c),
        "lower" => char.IsAsciiLetterLower(c),
        "xdigit" => char.IsAsciiHexDigit(c),
        "space" => char.IsWhiteSpace(c),
        "blank" => c is ' ' or '\t',
        "punct" => c < 0x80 && (char.IsPunctuation(c) || char.IsSymbol(c)),
        "cntrl" => char.IsControl(c),
        "print" => c is >= ' ' and not '\x7F',
        "graph" => c is > ' ' and not '\x7F',
        _ => false,
    };

    private static bool Same(char a, char b) => a == b || (IgnoresCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
