using System.Buffers;
using System.Text;
using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Patterns;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    private const long MaxGrowth = 1 << 16;

    internal static IEnumerable<DecoderLink> ReadDecoders(JsonField component) => component["type"].Text() switch
    {
        "Sequence" => Growth(component) <= MaxGrowth
            ? component["decoders"].Items().SelectMany(ReadDecoders)
            : throw component["decoders"].Wrong($"decoders that together make a text no more than {MaxGrowth} times as long"),
        var type => [ReadDecoder(component, type)],
    };

    // A chain of decoders that replace one character by many could exhaust memory.
    private static long Growth(JsonField component) => component["type"].Text() == "Sequence"
        ? component["decoders"].Items().Aggregate(1L, (growth, link) => Math.Min(growth * Growth(link), MaxGrowth + 1))
        : Math.Max(1, component["content"].Text(string.Empty).Length);

    private static DecoderLink ReadDecoder(JsonField component, string type)
    {
        switch (type)
        {
            case "WordPiece":
                var (prefix, cleanUp) = (component["prefix"].Text("##"), component["cleanup"].Flag(true));
                return next => new WordPieceDecoder(prefix, cleanUp, next);
            case "ByteLevel":
                return next => new ByteLevelDecoder(next);
            case "ByteFallback":
                return next => new ByteFallbackDecoder(next);
            case "Fuse":
                return next => new FuseDecoder(next);
            case "Metaspace":
                return ReadMetaspaceDecoder(component);
            case "BPEDecoder":
                var suffix = component["suffix"].Text("</w>");
                return next => new SuffixDecoder(suffix, next);
            case "CTC":
                var (padding, delimiter, mends) =
                    (component["pad_token"].Text("<pad>"), component["word_delimiter_token"].Text("|"), component["cleanup"].Flag(true));
                return next => new CtcDecoder(padding, delimiter, mends, next);
            case "Strip":
                var (content, start, stop) =
                    (ReadCharacter(component["content"]), component["start"].Number(0), component["stop"].Number(0));
                return next => new StripDecoder(content, start, stop, next);
            case "Replace":
                return ReadReplaceDecoder(component);
            default:
                throw component.NotBuilt("decoder", type);
        }
    }

    // Files older than prepend_scheme have add_prefix_space.
    private static DecoderLink ReadMetaspaceDecoder(JsonField component)
    {
        var replacement = ReadCharacter(component["replacement"]).ToString();
        var prepends = component["prepend_scheme"].Text(component["add_prefix_space"].Flag(true) ? "always" : "never") != "never";
        return next => new MetaspaceDecoder(replacement, prepends, next);
    }

    private static DecoderLink ReadReplaceDecoder(JsonField component)
    {
        var (pattern, content) = (component["pattern"], Required(component["content"]).Insert());
        if (pattern["Regex"].IsPresent)
        {
            var regex = Pattern.Parse(pattern["Regex"].Text(), pattern["Regex"].Path);
            return next => new PatternReplaceDecoder(regex, content, next);
        }

        var what = pattern["String"].Text();
        return what.Length > 0
            ? next => new ReplaceDecoder(what, content, next)
            : throw pattern["String"].Wrong("a string that is not empty");
    }

    private static Rune ReadCharacter(JsonField field)
    {
        var text = field.Text();
        return Rune.DecodeFromUtf16(text, out var rune, out var units) == OperationStatus.Done && units == text.Length
            ? rune
            : throw field.Wrong("one character");
    }
}
