using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Files;

internal sealed partial record SentencePieceFamily
{
    private const int MaxExtraIds = 10_000;

    // In order of their ids.
    private static readonly string[] Languages =
        [
            "ar_AR", "cs_CZ", "de_DE", "en_XX", "es_XX", "et_EE", "fi_FI", "fr_XX", "gu_IN", "hi_IN", "it_IT", "ja_XX", "kk_KZ", "ko_KR",
            "lt_LT", "lv_LV", "my_MM", "ne_NP", "nl_XX", "ro_RO", "ru_RU", "si_LK", "tr_TR", "vi_VN", "zh_CN",
        ];

    private static readonly string[] LaterLanguages =
        [
            "af_ZA", "az_AZ", "bn_IN", "fa_IR", "he_IL", "hr_HR", "id_ID", "ka_GE", "km_KH", "mk_MK", "ml_IN", "mn_MN", "mr_IN", "pl_PL",
            "ps_AF", "pt_XX", "sv_SE", "sw_KE", "ta_IN", "te_IN", "th_TH", "tl_XX", "uk_UA", "ur_PK", "xh_ZA", "gl_ES", "sl_SI",
        ];

    // <extra_id_0> is the last id.
    private static SentencePieceFamily T5(int extra)
    {
        string[] names = [.. Enumerable.Range(0, Math.Min(extra, MaxExtraIds)).Reverse().Select(i => $"<extra_id_{i}>")];
        return new SentencePieceFamily
        {
            Pieces = pieces => pieces.Find("<extra_id_0>") < 0 ? pieces.With([], 0, names) : pieces,
            Roles = EndRoles,
            InTexts = names,
            Template = EndOfEach,
        };
    }

    // fairseq puts its own symbols before the model's pieces, whose first is <unk>, and <mask> after them.
    private static SentencePieceFamily FairSeq(string[] first, string[] second, int from) => new()
    {
        Pieces = pieces => RequireUnknownFirst(pieces).With([.. first, null, .. second], from, ["<mask>"]),
        Roles = RobertaRoles,
        Template = Roberta,
    };

    private static SentencePieceFamily MBart(JsonField config, (string, string) template, string[] languages) => new()
    {
        Pieces = pieces => RequireUnknownFirst(pieces).With(["<s>", "<pad>", "</s>", null], 3, [.. languages, "<mask>"]),
        Roles = [.. RobertaRoles, ("src_lang", config["src_lang"].Text("en_XX"))],
        InTexts = languages,
        Template = template,
    };

    private static SentencePieceFamily XGlm()
    {
        string[] made = [.. Enumerable.Range(0, 7).Select(i => $"<madeupword{i}>")];
        return new SentencePieceFamily
        {
            Pieces = pieces => RequireUnknownFirst(pieces).With(["<s>", "<pad>", "</s>", null], 3, made),
            Roles = [.. EndRoles, ("bos", "<s>")],
            InTexts = made,
            Template = ("eos A", "eos A eos eos B"),
        };
    }

    // Symbols replace the model's <pad> and </s>; 103 of them precede its <unk>.
    private static SentencePieceFamily Pegasus(int offset)
    {
        var count = Math.Min(offset, MaxExtraIds);
        string[] names = count == 0
            ? []
            : ["<mask_1>", "<mask_2>", .. Enumerable.Range(2, Math.Max(0, count - 2)).Select(i => $"<unk_{i}>")];
        return new SentencePieceFamily
        {
            Pieces = count == 0 ? null : pieces => pieces.Kinds is [_, _, PieceKind.Unknown, ..]
                ? pieces.With(["<pad>", "</s>", .. names], 2, [])
                : throw new InvalidDataException("its third piece is not <unk>, so it is not a Pegasus model."),
            Roles = [.. EndRoles, ("mask", count == 0 ? "[MASK]" : "<mask_2>")],
            StripsBeforeMask = false,
            InTexts = names,
            Template = EndOfBoth,
        };
    }

    private static ScoredPieces RequireUnknownFirst(ScoredPieces pieces) =>
        pieces.Kinds is [PieceKind.Unknown, PieceKind.Control, PieceKind.Control, ..]
            ? pieces
            : throw new InvalidDataException("its first pieces are not <unk>, <s> and </s>, so it is not a model of the RoBERTa family.");

    // "9," is split before the comma.
    private static ScoredPieces WithoutCommasBehindDigits(ScoredPieces pieces) =>
        pieces.WithScores(
            id => pieces.Utf8(id) is [.., >= (byte)'0' and <= (byte)'9', (byte)','] ? pieces.Scores[id] - 100 : pieces.Scores[id]);
}
