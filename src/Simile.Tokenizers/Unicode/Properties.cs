using System.Collections.Concurrent;
using System.Globalization;

namespace Simile.Tokenizers.Unicode;

/// <summary>
/// Unicode 16's properties as in both regular expression engines of the references. From properties.txt (written by properties.pl), loaded
/// on first use.
/// </summary>
internal static class Properties
{
    private static readonly Lazy<Dictionary<string, string>> Lines = new(Read);
    private static readonly ConcurrentDictionary<string, CodePointRanges> Known = new(StringComparer.Ordinal);

    /// <summary>The names of all scripts, as Unicode spells them ("Old_Italic").</summary>
    public static IEnumerable<string> Scripts =>
        Lines.Value.Keys.Where(k => k.StartsWith("script ", StringComparison.Ordinal)).Select(k => k[7..]);

    /// <summary>The names of the general categories except Cn, Co and Cs ("Lu").</summary>
    public static IEnumerable<string> Categories =>
        Lines.Value.Keys.Where(k => k.StartsWith("category ", StringComparison.Ordinal)).Select(k => k[9..]);

    /// <summary>Simple case folding: for every <c>Step</c>th code point from First to Last, the offset to its folded form.</summary>
    public static IEnumerable<(int First, int Last, int Step, int By)> Folds => ReadRuns("fold");

    /// <summary>
    /// Simple lower case in the same form, with Unicode 17's letters: Rust's char::to_lowercase if the result is one character.
    /// </summary>
    public static IEnumerable<(int First, int Last, int Step, int By)> Lower => ReadRuns("lower");

    /// <summary>\s of both engines: 25 code points.</summary>
    public static CodePointRanges WhiteSpace { get; } = CodePointRanges.Parse("9-D 20 85 A0 1680 2000-200A 2028-2029 202F 205F 3000");

    /// <summary>Letters, letter numbers, and marks and symbols that count as letters.</summary>
    public static CodePointRanges Alphabetic => CodePointRanges.Union(Category("L"), Category("Nl"), Line("property Other_Alphabetic"));

    /// <summary>Lower case letters and other characters with the property Lowercase.</summary>
    public static CodePointRanges Lowercase => CodePointRanges.Union(Category("Ll"), Line("property Other_Lowercase"));

    /// <summary>Upper case letters and other characters with the property Uppercase.</summary>
    public static CodePointRanges Uppercase => CodePointRanges.Union(Category("Lu"), Line("property Other_Uppercase"));

    /// <summary>\w of Oniguruma. Its separate table for Latin-1 includes ² ³ ¹ ¼ ½ ¾.</summary>
    public static CodePointRanges OnigurumaWord => CodePointRanges.Union(BaseWord, CodePointRanges.Parse("B2-B3 B9 BC-BE"));

    /// <summary>\w of Rust's regex, which includes the joiners.</summary>
    public static CodePointRanges RustWord => CodePointRanges.Union(BaseWord, CodePointRanges.Of(0x200C, 0x200D));

    /// <summary>Rust's char::is_numeric with Unicode 17, for the Digits pre-tokenizer.</summary>
    public static CodePointRanges Numeric => CodePointRanges.Union(Category("N"), Line("numbers17"));

    /// <summary>Code points that Unicode 9 had not assigned.</summary>
    public static CodePointRanges Since10 => Line("since10");

    private static CodePointRanges BaseWord => CodePointRanges.Union(Alphabetic, Category("M"), Category("Nd"), Category("Pc"));

    /// <summary>A general category ("Lu") or a group of them ("L").</summary>
    public static CodePointRanges Category(string name) => Known.GetOrAdd(name, ReadCategory);

    /// <summary>A script by its name ("Han").</summary>
    public static CodePointRanges Script(string name) => Line("script " + name);

    private static CodePointRanges ReadCategory(string name) => name switch
    {
        "Cs" => CodePointRanges.Of(0xD800, 0xDFFF),
        "Co" => CodePointRanges.Parse("E000-F8FF F0000-FFFFD 100000-10FFFD"),
        "Cn" => CodePointRanges.Union([.. Categories.Select(Category), Category("Cs"), Category("Co")]).Complement(),
        "C" => CodePointRanges.Union(Category("Cc"), Category("Cf"), Category("Cs"), Category("Co"), Category("Cn")),
        "LC" => CodePointRanges.Union(Category("Lu"), Category("Ll"), Category("Lt")),
        { Length: 1 } => CodePointRanges.Union([.. Categories.Where(c => c[0] == name[0]).Select(Category)]),
        _ => Line("category " + name),
    };

    private static CodePointRanges Line(string name) => Known.GetOrAdd(name, static n => CodePointRanges.Parse(Lines.Value[n]));

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(Properties).Assembly.GetManifestResourceStream("Simile.Tokenizers.Properties.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (line[0] != '#')
            {
                lines.Add(line[..colon], line[(colon + 2)..]);
            }
        }

        return lines;
    }

    // Each entry is "first-last/step+offset"; the offset is decimal.
    private static IEnumerable<(int First, int Last, int Step, int By)> ReadRuns(string name) =>
        from run in Lines.Value[name].Split(' ')
        let dash = run.IndexOf('-', StringComparison.Ordinal)
        let slash = run.IndexOf('/', StringComparison.Ordinal)
        select (
            int.Parse(run.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            int.Parse(run.AsSpan(dash + 1, slash - dash - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            run[slash + 1] - '0',
            int.Parse(run.AsSpan(slash + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
}
