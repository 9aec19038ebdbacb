using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

/// <summary>Reads a SentencePiece model: a ModelProto of sentencepiece_model.proto.</summary>
internal static class SentencePieceFile
{
    /// <summary>Reads a .model file; what stands around a text is in tokenizer_config.json or config.json beside it.</summary>
    public static Pipeline Read(string path)
    {
        try
        {
            var (begin, end) = SpecialTokensAround(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return Read(File.ReadAllBytes(path), begin, end);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} is not a SentencePiece model: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a model's bytes, which are kept.</summary>
    /// <param name="model">A ModelProto.</param>
    /// <param name="begin">Whether the model's symbol for a beginning stands before a text.</param>
    /// <param name="end">Whether the model's symbol for an end stands behind a text.</param>
    public static Pipeline Read(ReadOnlyMemory<byte> model, bool begin, bool end)
    {
        var proto = SentencePieceProto.Read(model);
        var pieces = proto.Pieces;
        SentencePieceModel tokenModel = proto.ModelType switch
        {
            SentencePieceType.Unigram => new SentencePieceUnigram(pieces, proto.ByteFallback),
            SentencePieceType.Bpe => new SentencePieceBpe(pieces, proto.ByteFallback),
            SentencePieceType.Words or SentencePieceType.Characters =>
                new SentencePieceWords(pieces, proto.ByteFallback, proto.ModelType == SentencePieceType.Characters),
            var type => throw new InvalidDataException($"it is of the unknown type {(int)type}."),
        };
        return new Pipeline
        {
            Normalizer = new SentencePieceNormalizer(proto.Rules is { Length: > 0 } rules ? new CharsMap(rules.Span) : null, tokenModel.UserDefined, proto.Options),
            Model = tokenModel,
            PostProcessor = Around(begin ? Symbol(proto.BeginPiece) : null, end ? Symbol(proto.EndPiece) : null),
            PieceDecoder = text => new SentencePieceDecoder(pieces, proto.Options, proto.UnknownSurface, text),
        }.WithScanner();

        (string Token, int Id)? Symbol(string piece) =>
            tokenModel.TokenToId(piece) is >= 0 and var id && pieces.Kinds[id] == PieceKind.Control ? (piece, id) : null;
    }

    private static PostProcessor Around((string Token, int Id)? begin, (string Token, int Id)? end)
    {
        return new PostProcessor([.. Text(0)], [.. Text(0), .. Text(1)]);

        IEnumerable<TemplatePart> Text(int text)
        {
            if (begin is { } b)
            {
                yield return TemplatePart.Special(b.Token, b.Id, text);
            }

            yield return TemplatePart.Sequence(text, text);
            if (end is { } e)
            {
                yield return TemplatePart.Special(e.Token, e.Id, text);
            }
        }
    }

    // sentencepiece itself adds nothing; what a model was trained with is its family's custom.
    private static (bool Begin, bool End) SpecialTokensAround(string folder)
    {
        var family = ReadIfThere(Path.Combine(folder, "config.json"))["model_type"].Text(string.Empty);
        var config = ReadIfThere(Path.Combine(folder, "tokenizer_config.json"));
        var (begin, end) = family switch
        {
            "use-multilingual" => (true, true),
            "t5" or "mt5" or "umt5" => (false, true),
            _ => (true, false),
        };
        return (config["add_bos_token"].Flag(begin), config["add_eos_token"].Flag(end));
    }

    private static JsonField ReadIfThere(string path) => File.Exists(path) ? JsonField.Read(path) : default;
}
