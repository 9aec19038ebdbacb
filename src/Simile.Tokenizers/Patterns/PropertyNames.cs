using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>The names of \p{..} and [:..:]. Spaces, hyphens, underscores and case are ignored.</summary>
internal static class PropertyNames
{
    private static readonly Dictionary<string, string> LongCategories = new()
    {
        ["letter"] = "L",
        ["casedletter"] = "LC",
        ["uppercaseletter"] = "Lu",
        ["lowercaseletter"] = "Ll",
        ["titlecaseletter"] = "Lt",
        ["modifierletter"] = "Lm",
        ["otherletter"] = "Lo",
        ["mark"] = "M",
        ["combiningmark"] = "M",
        ["nonspacingmark"] = "Mn",
        ["spacingmark"] = "Mc",
        ["enclosingmark"] = "Me",
        ["number"] = "N",
        ["decimalnumber"] = "Nd",
        ["letternumber"] = "Nl",
        ["othernumber"] = "No",
        ["punctuation"] = "P",
        ["connectorpunctuation"] = "Pc",
        ["dashpunctuation"] = "Pd",
        ["openpunctuation"] = "Ps",
        ["closepunctuation"] = "Pe",
        ["initialpunctuation"] = "Pi",
        ["finalpunctuation"] = "Pf",
        ["otherpunctuation"] = "Po",
        ["symbol"] = "S",
        ["mathsymbol"] = "Sm",
        ["currencysymbol"] = "Sc",
        ["modifiersymbol"] = "Sk",
        ["othersymbol"] = "So",
        ["separator"] = "Z",
        ["spaceseparator"] = "Zs",
        ["lineseparator"] = "Zl",
        ["paragraphseparator"] = "Zp",
        ["other"] = "C",
        ["control"] = "Cc",
        ["format"] = "Cf",
        ["surrogate"] = "Cs",
        ["privateuse"] = "Co",
        ["unassigned"] = "Cn",
    };

    private static readonly HashSet<string> ShortCategories =
    [
        .. Properties.Categories.Select(c => c.ToLowerInvariant()), "c", "cn", "co", "cs", "l", "lc", "m", "n", "p", "s", "z",
    ];

    // The short names of the scripts that occur in patterns.
    private static readonly Dictionary<string, string> ShortScripts = new()
    {
        ["arab"] = "Arabic",
        ["armn"] = "Armenian",
        ["beng"] = "Bengali",
        ["bopo"] = "Bopomofo",
        ["cyrl"] = "Cyrillic",
        ["deva"] = "Devanagari",
        ["ethi"] = "Ethiopic",
        ["geor"] = "Georgian",
        ["grek"] = "Greek",
        ["gujr"] = "Gujarati",
        ["guru"] = "Gurmukhi",
        ["hang"] = "Hangul",
        ["hani"] = "Han",
        ["hebr"] = "Hebrew",
        ["hira"] = "Hiragana",
        ["kana"] = "Katakana",
        ["khmr"] = "Khmer",
        ["knda"] = "Kannada",
        ["laoo"] = "Lao",
        ["latn"] = "Latin",
        ["mlym"] = "Malayalam",
        ["mong"] = "Mongolian",
        ["mymr"] = "Myanmar",
        ["orya"] = "Oriya",
        ["sinh"] = "Sinhala",
        ["taml"] = "Tamil",
        ["telu"] = "Telugu",
        ["thai"] = "Thai",
        ["tibt"] = "Tibetan",
        ["zinh"] = "Inherited",
        ["zyyy"] = "Common",
        ["qaai"] = "Inherited",
    };

    private static readonly Dictionary<string, string> Scripts = Properties.Scripts.ToDictionary(Plain);

    /// <summary>The set of a property; null for an unknown one.</summary>
    public static CodePointRanges? Find(ReadOnlySpan<char> name)
    {
        var plain = Plain(name);
        var equals = plain.IndexOf('=', StringComparison.Ordinal);
        return (equals < 0 ? string.Empty : plain[..equals]) switch
        {
            "" => FindCategory(plain) ?? FindScript(plain) ?? FindPosix(plain) ?? FindOther(plain),
            "gc" or "generalcategory" => FindCategory(plain[(equals + 1)..]),
            "sc" or "script" => FindScript(plain[(equals + 1)..]),
            _ => null,
        };
    }

    /// <summary>Whether a name is that of \w, which differs between engines.</summary>
    public static bool IsWord(ReadOnlySpan<char> name) => Plain(name) == "word";

    /// <summary>The set of a POSIX bracket; null for an unknown one.</summary>
    public static CodePointRanges? FindPosix(ReadOnlySpan<char> name) => name switch
    {
        "alnum" => CodePointRanges.Union(Properties.Alphabetic, Properties.Category("Nd")),
        "alpha" => Properties.Alphabetic,
        "ascii" => CodePointRanges.Of(0, 127),
        "blank" => CodePointRanges.Union(Properties.Category("Zs"), CodePointRanges.Of('\t')),
        "cntrl" => Properties.Category("Cc"),
        "digit" => Properties.Category("Nd"),
        "graph" => Graph,
        "lower" => Properties.Lowercase,
        "print" => CodePointRanges.Union(Graph, Properties.Category("Zs")),
        "punct" => CodePointRanges.Union(Properties.Category("P"), CodePointRanges.Parse("24 2B 3C-3E 5E 60 7C 7E")),
        "space" => Properties.WhiteSpace,
        "upper" => Properties.Uppercase,
        "xdigit" => CodePointRanges.Parse("30-39 41-46 61-66"),
        _ => null,
    };

    private static CodePointRanges Graph =>
        CodePointRanges.Union(Properties.WhiteSpace, Properties.Category("Cc"), Properties.Category("Cn"), Properties.Category("Cs"))
            .Complement();

    private static CodePointRanges? FindCategory(string plain)
    {
        if (LongCategories.TryGetValue(plain, out var category))
        {
            return Properties.Category(category);
        }

        return plain switch
        {
            "lc" or "l&" => Properties.Category("LC"),
            _ when ShortCategories.Contains(plain) => Properties.Category(char.ToUpperInvariant(plain[0]) + plain[1..]),
            _ => null,
        };
    }

    private static CodePointRanges? FindScript(string plain) =>
        Scripts.TryGetValue(plain, out var script) || ShortScripts.TryGetValue(plain, out script) ? Properties.Script(script) : null;

    private static CodePointRanges? FindOther(string plain) => plain switch
    {
        "any" => CodePointRanges.All,
        "assigned" => Properties.Category("Cn").Complement(),
        "alphabetic" => Properties.Alphabetic,
        "lowercase" => Properties.Lowercase,
        "uppercase" => Properties.Uppercase,
        "whitespace" => Properties.WhiteSpace,
        _ => null,
    };

    private static string Plain(string name) => Plain(name.AsSpan());

    private static string Plain(ReadOnlySpan<char> name)
    {
        var plain = new System.Text.StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is not (' ' or '_' or '-'))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }
}
