using Simile.Tokenizers.Decoders;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    internal static IEnumerable<Decoder> ReadDecoders(JsonField component) => component["type"].Text() switch
    {
        "Sequence" => component["decoders"].Items().SelectMany(ReadDecoders),
        "ByteLevel" => [new ByteLevelDecoder()],
        "WordPiece" => [new WordPieceDecoder(component["prefix"].Text("##"), component["cleanup"].Flag(true))],
        var other => throw component.NotBuilt("decoder", other),
    };
}
