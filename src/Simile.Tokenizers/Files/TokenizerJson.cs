using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

/// <summary>Reads tokenizer.json.</summary>
internal static partial class TokenizerJson
{
    // Callers allocate arrays of the vocabulary's size, so ids are bounded.
    internal const int MaxAddedId = (1 << 24) - 1;

    /// <summary>Reads a tokenizer. Components that are missing or null are skipped.</summary>
    /// <exception cref="InvalidDataException">A value is missing or has a wrong type.</exception>
    /// <exception cref="NotSupportedException">The file names a component that is not supported.</exception>
    public static Pipeline Read(JsonField file) => file["model"].IsPresent
        ? Read(file, ReadModel(file["model"]))
        : throw new InvalidDataException($"{file.Path} has no model, so it is not a tokenizer.json.");

    /// <summary>Reads a tokenizer whose model comes from elsewhere, with extra steps after the file's own decoders.</summary>
    public static Pipeline Read(JsonField file, Model model, params DecoderLink[] lastDecoders)
    {
        var normalizer = file["normalizer"].IsPresent ? ReadNormalizer(file["normalizer"]) : null;
        var preTokenizers = file["pre_tokenizer"].IsPresent ? ReadPreTokenizers(file["pre_tokenizer"]).ToArray() : [];
        return new Pipeline
        {
            Normalizer = normalizer,
            PreTokenizers = preTokenizers,
            Model = model,
            PostProcessor = file["post_processor"].IsPresent ? ReadPostProcessor(file["post_processor"]) : PostProcessor.None,
            Decoders = file["decoder"].IsPresent ? [.. ReadDecoders(file["decoder"]), .. lastDecoders] : null,
            HasByteTokens = file["decoder"].IsPresent && file["decoder"]["type"].Text() == "ByteLevel",
            Added = new AddedVocabulary(
                file["added_tokens"].IsPresent ? file["added_tokens"].Items().Select(ReadAddedToken) : [], normalizer),
            Truncation = file["truncation"].IsPresent ? ReadTruncation(file["truncation"]) : null,
            Padding = file["padding"].IsPresent ? ReadPadding(file["padding"]) : null,
        }.WithScanner();
    }

    private static AddedToken ReadAddedToken(JsonField token) => new(token["content"].Text(), ReadId(token["id"]))
    {
        SingleWord = token["single_word"].Flag(false),
        LeftStrip = token["lstrip"].Flag(false),
        RightStrip = token["rstrip"].Flag(false),
        Normalized = token["normalized"].Flag(!token["special"].Flag(false)),
        Special = token["special"].Flag(false),
    };

    internal static int ReadId(JsonField id) =>
        id.Number() is <= MaxAddedId and var number ? number : throw id.Wrong($"an id up to {MaxAddedId}");

    private static Truncation ReadTruncation(JsonField truncation) => new(truncation["max_length"].Number())
    {
        Stride = truncation["stride"].Number(0),
        Direction = ReadSide(truncation["direction"]),
        Strategy = truncation["strategy"].Text("LongestFirst") switch
        {
            "LongestFirst" => TruncationStrategy.LongestFirst,
            "OnlyFirst" => TruncationStrategy.OnlyFirst,
            "OnlySecond" => TruncationStrategy.OnlySecond,
            _ => throw truncation["strategy"].Wrong("LongestFirst, OnlyFirst or OnlySecond"),
        },
    };

    private static Padding ReadPadding(JsonField padding)
    {
        var strategy = padding["strategy"];
        var isText = strategy.Value.ValueKind == System.Text.Json.JsonValueKind.String;
        if (isText && strategy.Text() != "BatchLongest")
        {
            throw strategy.Wrong("BatchLongest or {\"Fixed\": length}");
        }

        return new Padding
        {
            Length = strategy.IsPresent && !isText ? strategy["Fixed"].Number() : null,
            MultipleOf = padding["pad_to_multiple_of"].IsPresent ? padding["pad_to_multiple_of"].Number() : null,
            Direction = ReadSide(padding["direction"]),
            Id = padding["pad_id"].Number(0),
            TypeId = padding["pad_type_id"].Number(0),
            Token = padding["pad_token"].Text("[PAD]"),
        };
    }

    private static Side ReadSide(JsonField side) => side.Text("Right") switch
    {
        "Right" => Side.Right,
        "Left" => Side.Left,
        _ => throw side.Wrong("Left or Right"),
    };
}
