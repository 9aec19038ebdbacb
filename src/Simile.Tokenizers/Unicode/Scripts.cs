namespace Simile.Tokenizers.Unicode;

/// <summary>The scripts of Unicode 9 for the UnicodeScripts pre-tokenizer. Han, Hiragana and Katakana count as one.</summary>
internal static class Scripts
{
    /// <summary>No script: the space, and code points that Unicode 9 had not assigned.</summary>
    public const byte Any = 0;

    private static readonly Lazy<CodePointMap<byte>> Map = new(() => new CodePointMap<byte>(Runs()));

    /// <summary>The number of a code point's script.</summary>
    public static byte Of(int codePoint) => Map.Value[codePoint];

    private static IEnumerable<(int First, int Last, int Step, byte Value)> Runs()
    {
        var names = Properties.Scripts.ToArray();
        var today = names.SelectMany(
            name => Runs(Properties.Script(name).Except(Properties.Since10), Number(name is "Hiragana" or "Katakana" ? "Han" : name)));

        // The first four have another script today. The prolonged sound mark of Japanese belongs to all scripts.
        return today
            .Concat(Runs(CodePointRanges.Parse("589 61C"), Number("Common")))
            .Concat(Runs(CodePointRanges.Parse("953-954"), Number("Devanagari")))
            .Concat(Runs(CodePointRanges.Of(0x30FC), Number("Han")))
            .Concat(Runs(CodePointRanges.Of(' '), Any));

        byte Number(string name) => (byte)(1 + Array.IndexOf(names, name));
    }

    private static IEnumerable<(int First, int Last, int Step, byte Value)> Runs(CodePointRanges set, byte script) =>
        set.Ranges.ToArray().Select(range => (range.First, range.Last, 1, script));
}
