using System.Text;
using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    internal static IEnumerable<PreTokenizer> ReadPreTokenizers(JsonField component) => component["type"].Text() switch
    {
        "Sequence" => component["pretokenizers"].Items().SelectMany(ReadPreTokenizers),
        "BertPreTokenizer" => [CharacterSplit.Bert],
        "ByteLevel" => [ReadByteLevel(component)],
        "Whitespace" => [new Whitespace()],
        "WhitespaceSplit" => [CharacterSplit.WhiteSpace],
        "Metaspace" => [ReadMetaspace(component)],
        "Punctuation" => [new SetSplit(Characters.Punctuation, ReadBehavior(component["behavior"]))],
        "Digits" =>
            [new SetSplit(
                Characters.Numeric, component["individual_digits"].Flag(false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous)],
        "UnicodeScripts" => [new UnicodeScripts()],
        "FixedLength" => [new FixedLength(ReadLength(component["length"]))],
        "Split" =>
            [new PatternSplit(ReadPattern(component["pattern"]), ReadBehavior(component["behavior"]), component["invert"].Flag(false))],
        "CharDelimiterSplit" => [ReadDelimiter(component["delimiter"])],
        var other => throw component.NotBuilt("pre-tokenizer", other),
    };

    // Older files have no use_regex; the default is true.
    private static ByteLevel ReadByteLevel(JsonField component) =>
        new(component["add_prefix_space"].Flag(true), component["use_regex"].Flag(true));

    // Older files have add_prefix_space instead of prepend_scheme; their str_rep equals the replacement.
    private static Metaspace ReadMetaspace(JsonField component)
    {
        var replacement = component["replacement"].Text("\u2581");
        var scheme = component["prepend_scheme"].Text(component["add_prefix_space"].Flag(true) ? "always" : "never") switch
        {
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw component["prepend_scheme"].Wrong("always, first or never"),
        };
        return replacement.Length == 1
            ? new Metaspace(replacement[0], scheme, component["split"].Flag(true))
            : throw component["replacement"].Wrong("one character");
    }

    private static CharacterSplit ReadDelimiter(JsonField field)
    {
        var text = field.Text();
        if (Rune.DecodeFromUtf16(text, out var rune, out var units) != System.Buffers.OperationStatus.Done || units != text.Length)
        {
            throw field.Wrong("one character");
        }

        return new CharacterSplit(c => c == rune.Value ? Separator.Removed : Separator.None);
    }

    private static int ReadLength(JsonField length) => length.Number(5) is > 0 and var number ? number : throw length.Wrong("1 or more");

    // {"String": ...} or {"Regex": ...}
    private static Pattern ReadPattern(JsonField pattern) => pattern["Regex"].IsPresent
        ? Pattern.Parse(pattern["Regex"].Text(), pattern.Path)
        : Pattern.Literal(
            pattern["String"].IsPresent ? pattern["String"].Text() : throw pattern.Wrong("{\"String\": text} or {\"Regex\": pattern}"));

    private static SplitBehavior ReadBehavior(JsonField behavior) => behavior.Text("Isolated") switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        _ => throw behavior.Wrong("Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous"),
    };
}
