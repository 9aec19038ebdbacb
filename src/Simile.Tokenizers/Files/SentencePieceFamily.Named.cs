using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Patterns;

namespace Simile.Tokenizers.Files;

internal sealed partial record SentencePieceFamily
{
    private const string Punctuation = @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]";

    private static readonly (string, string) Bert = ("cls A sep", "cls A sep B:1 sep:1");
    private static readonly (string, string) Roberta = ("cls A sep", "cls A sep sep B sep");
    private static readonly (string, string) EndOfEach = ("A eos", "A eos B eos");
    private static readonly (string, string) EndOfBoth = ("A eos", "A B eos");
    private static readonly (string, string) Nothing = ("A", "A B");

    private static readonly (string, string)[] LlamaRoles = [("bos", "<s>"), ("eos", "</s>"), ("unk", "<unk>")];
    private static readonly (string, string)[] GemmaRoles = [("bos", "<bos>"), ("eos", "<eos>"), ("unk", "<unk>"), ("pad", "<pad>")];
    private static readonly (string, string)[] AlbertRoles =
    [
        ("cls", "[CLS]"), ("sep", "[SEP]"), ("unk", "<unk>"), ("pad", "<pad>"), ("mask", "[MASK]"),
    ];
    private static readonly (string, string)[] RobertaRoles =
    [
        ("cls", "<s>"), ("sep", "</s>"), ("bos", "<s>"), ("eos", "</s>"), ("unk", "<unk>"), ("pad", "<pad>"), ("mask", "<mask>"),
    ];
    private static readonly (string, string)[] EndRoles = [("eos", "</s>"), ("unk", "<unk>"), ("pad", "<pad>")];

    private static SentencePieceFamily Named(string name, JsonField config) => name switch
    {
        "" => new SentencePieceFamily(),
        "use-multilingual" => new SentencePieceFamily { Ends = true },
        "llama" or "codellama" or "code-llama" or "mistral" or "mixtral" or "phi3"
            or "persimmon" or "fuyu" or "jetmoe" or "zamba" or "zamba2" or "diffllama"
            or "idefics" or "idefics2" or "llava" or "llava-next" or "video-llava" or "vipllava" or "chameleon" or "minicpm" =>
                Llama(config),
        "gemma" or "gemma2" or "gemma3" or "gemma3-text" or "paligemma" or "recurrent-gemma" => new SentencePieceFamily
        {
            Roles = GemmaRoles,
            InTexts = ["<start_of_turn>", "<end_of_turn>"],
        },
        "t5" or "mt5" or "umt5" or "udop" => T5(config["extra_ids"].Number(name == "t5" ? 100 : 0)),
        "xlm-roberta" or "xlm-roberta-xl" or "xlmroberta" => FairSeq(["<s>", "<pad>", "</s>"], [], from: 3),
        "camembert" => FairSeq(["<s>NOTUSED", "<pad>", "</s>NOTUSED"], ["<unk>NOTUSED"], from: 1),
        "barthez" => new SentencePieceFamily { Roles = RobertaRoles, Template = Roberta },
        "mbart" => MBart(config, ("A eos src_lang", "A B eos src_lang"), Languages),
        "mbart50" => MBart(config, ("src_lang A eos", "src_lang A B eos"), [.. Languages, .. LaterLanguages]),
        "albert" => new SentencePieceFamily
        {
            Roles = AlbertRoles,
            Template = Bert,
            Pieces = WithoutCommasBehindDigits,
            Before = Cleaned(config, keepsAccents: false, lowercases: true),
        },
        "fnet" => new SentencePieceFamily
        {
            Roles = AlbertRoles,
            Template = Bert,
            Pieces = WithoutCommasBehindDigits,
            Before = Cleaned(config, keepsAccents: true, lowercases: false),
        },
        "rembert" =>
            new SentencePieceFamily
            {
                Roles = AlbertRoles,
                Template = Bert,
                Before = Cleaned(config, keepsAccents: true, lowercases: false),
            },
        "bigbird" or "big-bird" => new SentencePieceFamily { Roles = [.. AlbertRoles, ("bos", "<s>"), ("eos", "</s>")], Template = Bert },
        "xlnet" => new SentencePieceFamily
        {
            Roles =
            [
                ("sep", "<sep>"), ("cls", "<cls>"), ("bos", "<s>"), ("eos", "</s>"), ("unk", "<unk>"), ("pad", "<pad>"), ("mask", "<mask>"),
            ],
            InTexts = ["<eop>", "<eod>"],
            Template = ("A sep cls:2", "A sep B:1 sep:1 cls:2"),
            Pieces = WithoutCommasBehindDigits,
            Before = Cleaned(config, keepsAccents: false, lowercases: false),
        },
        "deberta-v2" or "debertav2" => new SentencePieceFamily
        {
            Roles = [("cls", "[CLS]"), ("sep", "[SEP]"), ("unk", "[UNK]"), ("pad", "[PAD]"), ("mask", "[MASK]")],
            Template = Bert,
            StripsBeforeMask = false,
            Pieces = pieces => pieces.Find("[MASK]") < 0 ? pieces.With([], 0, ["[MASK]"]) : pieces,
            Before = config["do_lower_case"].Flag(false) ? [new Lowercase()] : [],
        },
        "pegasus" or "pegasus-x" or "bigbird-pegasus" => Pegasus(config["offset"].Number(name == "bigbird-pegasus" ? 0 : 103)),
        "xglm" => XGlm(),
        "reformer" => new SentencePieceFamily { Roles = EndRoles, Template = Nothing },
        "bertgeneration" or "bert-generation" =>
            new SentencePieceFamily { Roles = [.. EndRoles, ("bos", "<s>"), ("sep", "<::::>")], Template = Nothing },
        "speecht5" => new SentencePieceFamily { Roles = [.. EndRoles, ("bos", "<s>")], Template = EndOfBoth },
        "siglip" or "siglip-text-model" =>
            new SentencePieceFamily { Roles = EndRoles, Template = EndOfEach, Before = WithoutPunctuation(config) },
        var other => throw new NotSupportedException(
            $"the model family {JsonField.Shown(other)} is not supported: load the model by Tokenizer.LoadSentencePiece, "
            + "or save it as tokenizer.json with its own library."),
    };

    private static SentencePieceFamily Llama(JsonField config) => new()
    {
        Roles = LlamaRoles,
        MarksFirstOnly = !config["legacy"].Flag(true),
    };

    private static Normalizer[] Cleaned(JsonField config, bool keepsAccents, bool lowercases) =>
    [
        new Replace(Pattern.Literal("``"), "\""),
        new Replace(Pattern.Literal("''"), "\""),
        .. config["keep_accents"].Flag(keepsAccents)
            ? (Normalizer[])[]
            : [new UnicodeNormalizer(compatible: true, compose: false), new StripAccents()],
        .. config["do_lower_case"].Flag(lowercases) ? (Normalizer[])[new Lowercase()] : [],
    ];

    private static Normalizer[] WithoutPunctuation(JsonField config) =>
    [
        .. config["do_lower_case"].Flag(true) ? (Normalizer[])[new Lowercase()] : [],
        new Replace(Pattern.Parse(Punctuation, "punctuation"), string.Empty),
        new Replace(Pattern.Parse(@"\s+", "white space"), " "),
        new Strip(left: true, right: true),
    ];
}
