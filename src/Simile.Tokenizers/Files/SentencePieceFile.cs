using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Files;

/// <summary>Reads a SentencePiece model: a ModelProto of sentencepiece_model.proto.</summary>
internal static class SentencePieceFile
{
    /// <summary>Reads a .model file. The model family comes from config.json and tokenizer_config.json beside it.</summary>
    public static Pipeline Read(string path)
    {
        try
        {
            var folder = ModelFolder.Beside(path);
            return Read(File.ReadAllBytes(path), SentencePieceFamily.Of(folder), folder);
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

    /// <summary>Reads the bytes of a model and keeps them.</summary>
    /// <param name="model">A ModelProto.</param>
    /// <param name="begin">Whether the model's begin symbol precedes a text.</param>
    /// <param name="end">Whether the model's end symbol follows a text.</param>
    public static Pipeline Read(ReadOnlyMemory<byte> model, bool begin, bool end) =>
        Read(model, new SentencePieceFamily { Begins = begin, Ends = end }, ModelFolder.None);

    private static Pipeline Read(ReadOnlyMemory<byte> model, SentencePieceFamily family, ModelFolder folder)
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
        var tokens = new FolderTokens(folder, "it", token => tokenModel.TokenToId(token));
        var around = family.Around(tokens, Control(proto.BeginPiece), Control(proto.EndPiece));
        var added = new AddedVocabulary(family.Added(tokens), null);
        var options = proto.Options with { AddDummyPrefix = folder.Config["add_prefix_space"].Flag(proto.Options.AddDummyPrefix) };
        var rules = proto.Rules is { Length: > 0 } map ? new CharsMap(map.Span) : null;
        var marksFirstOnly = family.MarksFirstOnly == true && rules is null
            && options is { RemoveExtraWhitespaces: false, EscapeWhitespaces: true, WhitespaceAsSuffix: false };
        return new Pipeline
        {
            Normalizer = marksFirstOnly
                ? null
                : Normalizer(family.Before, new SentencePieceNormalizer(rules, tokenModel.UserDefined, options)),
            PreTokenizers = marksFirstOnly
                ? [new Metaspace(
                    SentencePieceNormalizer.Space, options.AddDummyPrefix ? PrependScheme.First : PrependScheme.Never, splits: false)]
                : [],
            Model = tokenModel,
            PostProcessor = around,
            PieceDecoder = (skips, text) => new SentencePieceDecoder(pieces, added, options, skips ? proto.UnknownSurface : null, text),
            Added = added,
        }.WithScanner();

        string Control(string piece) =>
            tokenModel.TokenToId(piece) is >= 0 and var id && pieces.Kinds[id] == PieceKind.Control ? piece : string.Empty;
    }

    private static Normalizer Normalizer(IReadOnlyList<Normalizer> before, SentencePieceNormalizer own) =>
        before.Count == 0 ? own : new SequenceNormalizer([.. before, own]);
}
