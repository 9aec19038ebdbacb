using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

/// <summary>Reads a SentencePiece model: a ModelProto of sentencepiece_model.proto.</summary>
internal static class SentencePieceFile
{
    /// <summary>Reads a .model file; what its family does beside it, config.json and tokenizer_config.json say.</summary>
    public static Pipeline Read(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), SentencePieceFamily.Of(ModelFolder.Beside(path)));
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
    public static Pipeline Read(ReadOnlyMemory<byte> model, bool begin, bool end) => Read(model, new SentencePieceFamily { Begins = begin, Ends = end });

    private static Pipeline Read(ReadOnlyMemory<byte> model, SentencePieceFamily family)
    {
        var proto = SentencePieceProto.Read(model);
        var pieces = family.Pieces is null ? proto.Pieces : family.Pieces(proto.Pieces);
        SentencePieceModel tokenModel = proto.ModelType switch
        {
            SentencePieceType.Unigram => new SentencePieceUnigram(pieces, proto.ByteFallback),
            SentencePieceType.Bpe => new SentencePieceBpe(pieces, proto.ByteFallback),
            SentencePieceType.Words or SentencePieceType.Characters =>
                new SentencePieceWords(pieces, proto.ByteFallback, proto.ModelType == SentencePieceType.Characters),
            var type => throw new InvalidDataException($"it is of the unknown type {(int)type}."),
        };
        var normalizer = new SentencePieceNormalizer(proto.Rules is { Length: > 0 } rules ? new CharsMap(rules.Span) : null, tokenModel.UserDefined, proto.Options);
        return new Pipeline
        {
            Normalizer = family.Before.Count == 0 ? normalizer : new SequenceNormalizer([.. family.Before, normalizer]),
            Model = tokenModel,
            PostProcessor = family.Around is null
                ? Around(family.Begins ? Symbol(proto.BeginPiece) : null, family.Ends ? Symbol(proto.EndPiece) : null)
                : family.Template(name => tokenModel.TokenToId(name)),
            PieceDecoder = text => new SentencePieceDecoder(pieces, proto.Options, proto.UnknownSurface, text),
            Added = new AddedVocabulary(family.InTexts.Select(Added).OfType<AddedToken>(), null),
        }.WithScanner();

        AddedToken? Added(string name) => tokenModel.TokenToId(name) is >= 0 and var id
            ? new AddedToken(name, id) { Special = true, LeftStrip = name == family.StripsBefore }
            : null;

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
}
