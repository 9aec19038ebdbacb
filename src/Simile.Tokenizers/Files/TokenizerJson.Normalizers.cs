using System.Text.Json;
using Simile.Tokenizers.Normalizers;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    internal static Normalizer ReadNormalizer(JsonField component) => component["type"].Text() switch
    {
        "Sequence" => new SequenceNormalizer([.. component["normalizers"].Items().Select(ReadNormalizer)]),
        "BertNormalizer" => ReadBertNormalizer(component),
        "NFC" => new UnicodeNormalizer(compatible: false, compose: true),
        "NFD" => new UnicodeNormalizer(compatible: false, compose: false),
        "NFKC" => new UnicodeNormalizer(compatible: true, compose: true),
        "NFKD" => new UnicodeNormalizer(compatible: true, compose: false),
        "StripAccents" => new StripAccents(),
        "Lowercase" => new Lowercase(),
        "Strip" => new Strip(component["strip_left"].Flag(true), component["strip_right"].Flag(true)),
        "Replace" => new Replace(ReadPattern(component["pattern"]), Required(component["content"]).Insert()),
        "ByteLevel" => new ByteLevelNormalizer(),
        "Nmt" => new Nmt(),
        "Precompiled" => ReadPrecompiled(component["precompiled_charsmap"]),
        "Prepend" => new Prepend(Required(component["prepend"]).Insert()),
        var other => throw component.NotBuilt("normalizer", other),
    };

    private static JsonField Required(JsonField text) => text.IsPresent ? text : throw text.Wrong("a string");

    private static BertNormalizer ReadBertNormalizer(JsonField component)
    {
        var lowercase = component["lowercase"].Flag(true);
        return new BertNormalizer(
            component["clean_text"].Flag(true),
            component["handle_chinese_chars"].Flag(true),
            component["strip_accents"].Flag(lowercase),
            lowercase);
    }

    // Without rules it has no effect.
    private static Normalizer ReadPrecompiled(JsonField rules)
    {
        if (!rules.IsPresent || rules.Value.ValueKind == JsonValueKind.String && rules.Text().Length == 0)
        {
            return new SequenceNormalizer([]);
        }

        return rules.Value.ValueKind == JsonValueKind.String && rules.Value.TryGetBytesFromBase64(out var bytes)
            ? new Precompiled(new CharsMap(bytes))
            : throw rules.Wrong("rules in base64");
    }
}
