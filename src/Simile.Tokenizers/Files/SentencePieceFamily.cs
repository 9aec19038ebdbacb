using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

/// <summary>What a family of networks does beside its SentencePiece model: other ids, symbols around texts, symbols in texts. The model file does not say it.</summary>
/// <remarks>As the tokenizers of transformers that read a bare .model file have it; a tokenizer.json beside it comes first.</remarks>
internal sealed record SentencePieceFamily
{
    private const int MaxExtraIds = 10_000;

    /// <summary>Whether the model's symbol for a beginning stands before a text.</summary>
    public bool Begins { get; init; } = true;

    /// <summary>Whether its symbol for an end stands behind a text.</summary>
    public bool Ends { get; init; }

    /// <summary>Changes the vocabulary; null leaves it.</summary>
    public Func<ScoredPieces, ScoredPieces>? Pieces { get; init; }

    /// <summary>The symbols before and behind texts, where they are not the model's own.</summary>
    public (string Begin, string End)? Around { get; init; }

    /// <summary>Whether a pair has two symbols between its texts, and all is of type 0, or one and the second text is of type 1.</summary>
    public bool DoublesBetween { get; init; }

    /// <summary>Symbols that are found in texts.</summary>
    public IReadOnlyList<string> InTexts { get; init; } = [];

    /// <summary>The one of them that takes the white space before it.</summary>
    public string? StripsBefore { get; init; }

    /// <summary>What happens to a text before the model's own normalizer.</summary>
    public IReadOnlyList<Normalizer> Before { get; init; } = [];

    /// <summary>The family that a folder names; its tokenizer_config.json has the last word on beginning and end.</summary>
    public static SentencePieceFamily Of(ModelFolder folder)
    {
        var family = Named(folder.Family, folder.Config);
        return family with { Begins = folder.Config["add_bos_token"].Flag(family.Begins), Ends = folder.Config["add_eos_token"].Flag(family.Ends) };
    }

    /// <summary>Begin, A, end; begin, A, end, B, end.</summary>
    public PostProcessor Template(Func<string, int> find)
    {
        var ((begin, beginId), (end, endId)) = (Symbol(Around!.Value.Begin, find), Symbol(Around.Value.End, find));
        if (!DoublesBetween)
        {
            return TokenizerJson.Bert((begin, beginId), (end, endId));
        }

        var last = TemplatePart.Special(end, endId, 0);
        TemplatePart[] single = [TemplatePart.Special(begin, beginId, 0), TemplatePart.Sequence(0, 0), last];
        return new PostProcessor(single, [.. single, last, TemplatePart.Sequence(1, 0), last]);
    }

    private static SentencePieceFamily Named(string name, JsonField config) => name switch
    {
        "use-multilingual" => new SentencePieceFamily { Ends = true },
        "t5" or "mt5" or "umt5" => T5(Math.Min(config["extra_ids"].Number(name == "t5" ? 100 : 0), MaxExtraIds)),
        "xlm-roberta" or "xlm-roberta-xl" or "xlmroberta" => FairSeq(["<s>", "<pad>", "</s>"], [], from: 3),
        "camembert" => FairSeq(["<s>NOTUSED", "<pad>", "</s>NOTUSED"], ["<unk>NOTUSED"], from: 1),
        "albert" => new SentencePieceFamily { Around = ("[CLS]", "[SEP]"), InTexts = ["[CLS]", "[SEP]", "<pad>", "[MASK]"], StripsBefore = "[MASK]", Before = Albert(config) },
        "deberta-v2" or "debertav2" => new SentencePieceFamily
        {
            Around = ("[CLS]", "[SEP]"),
            InTexts = ["[CLS]", "[SEP]", "[PAD]", "[MASK]"],
            Pieces = pieces => pieces.Find("[MASK]") < 0 ? pieces.With([], 0, ["[MASK]"]) : pieces,
            Before = config["do_lower_case"].Flag(false) ? [new Lowercase()] : [],
        },
        _ => new SentencePieceFamily(),
    };

    // <extra_id_0> is the last id.
    private static SentencePieceFamily T5(int extra)
    {
        string[] names = [.. Enumerable.Range(0, extra).Reverse().Select(i => $"<extra_id_{i}>")];
        return new SentencePieceFamily
        {
            Begins = false,
            Ends = true,
            Pieces = pieces => pieces.Find("<extra_id_0>") < 0 ? pieces.With([], 0, names) : pieces,
            InTexts = [.. names, "</s>", "<pad>", "<unk>"],
        };
    }

    // fairseq puts symbols of its own before the model's pieces, whose first is <unk>, and <mask> behind them.
    private static SentencePieceFamily FairSeq(string[] first, string[] second, int from) => new()
    {
        Pieces = pieces => pieces.Kinds is [PieceKind.Unknown, PieceKind.Control, PieceKind.Control, ..]
            ? pieces.With([.. first, null, .. second], from, ["<mask>"])
            : throw new InvalidDataException("its first pieces are not <unk>, <s> and </s>, as they are in models of RoBERTa's family."),
        Around = ("<s>", "</s>"),
        DoublesBetween = true,
        InTexts = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        StripsBefore = "<mask>",
    };

    private static Normalizer[] Albert(JsonField config) =>
    [
        new Replace(Pattern.Literal("``"), "\""),
        new Replace(Pattern.Literal("''"), "\""),
        .. config["keep_accents"].Flag(false) ? (Normalizer[])[] : [new UnicodeNormalizer(compatible: true, compose: false), new StripAccents()],
        .. config["do_lower_case"].Flag(true) ? (Normalizer[])[new Lowercase()] : [],
    ];

    private static (string Token, int Id) Symbol(string name, Func<string, int> find) => find(name) is >= 0 and var id
        ? (name, id)
        : throw new InvalidDataException($"it has no piece {name}, which stands around every text.");
}
