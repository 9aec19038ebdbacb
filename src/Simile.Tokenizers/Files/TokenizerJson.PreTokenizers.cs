using System.Text;
using Simile.Tokenizers.PreTokenizers;

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
        "Punctuation" when component["behavior"].Text("Isolated") == "Isolated" => [CharacterSplit.Punctuation],
        "Punctuation" => throw component.NotBuilt("pre-tokenizer", "Punctuation with another behavior than Isolated"),
        "Metaspace" => [ReadMetaspace(component)],
        "CharDelimiterSplit" => [ReadDelimiter(component["delimiter"])],
        var other => throw component.NotBuilt("pre-tokenizer", other),
    };

    // Older files have no use_regex: they mean true.
    private static ByteLevel ReadByteLevel(JsonField component) =>
        new(component["add_prefix_space"].Flag(true), component["use_regex"].Flag(true));

    // Older files have add_prefix_space instead of prepend_scheme; their str_rep is the replacement once more.
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
        return replacement.Length == 1 ? new Metaspace(replacement[0], scheme, component["split"].Flag(true)) : throw component["replacement"].Wrong("one character");
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
}
