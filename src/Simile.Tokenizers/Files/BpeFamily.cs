using System.Text.Json.Nodes;

namespace Simile.Tokenizers.Files;

/// <summary>
/// Builds the parts around a BPE model of vocab.json and merges.txt: the tokenizer.json that transformers would write, without the
/// vocabulary.
/// </summary>
internal static class BpeFamily
{
    private const string ClipWords =
        @"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    private const string QwenWords =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string EndOfText = "<|endoftext|>";

    /// <summary>The tokenizer.json of a model.</summary>
    /// <param name="folder">The folder of the model's files.</param>
    /// <param name="vocabulary">vocab.json.</param>
    /// <exception cref="NotSupportedException">The model family is unknown.</exception>
    public static JsonField Of(ModelFolder folder, JsonField vocabulary)
    {
        var tokens = new FolderTokens(folder, vocabulary.Path, token => vocabulary[token].Number(-1));
        var addsSpace = folder.Config["add_prefix_space"].Flag(false);
        var file = folder.Family switch
        {
            "" or "gpt2" or "gpt-neo" or "gptj" or "codegen" or "opt" => Gpt2(folder, tokens, addsSpace),
            "roberta" or "bart" or "longformer" or "led" or "mvp" => Roberta(tokens, addsSpace),
            "deberta" => Deberta(tokens, addsSpace),
            "whisper" => Whisper(tokens, addsSpace),
            "clip" or "clip-text-model" => Clip(tokens),
            "qwen2" or "qwen3" => Qwen2(tokens),
            var other => throw new NotSupportedException(
                $"The model family {JsonField.Shown(other)} of {vocabulary.Path} is not supported: "
                + "load it by Tokenizer.LoadBpe, or save it as tokenizer.json with its own library."),
        };
        file["added_tokens"] = new JsonArray([.. tokens.All.Select(Write)]);
        if (folder.Truncation is { } truncation)
        {
            file["truncation"] = new JsonObject { ["max_length"] = truncation.MaxLength };
        }

        return JsonField.Parse(System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()), $"what belongs to {vocabulary.Path}");
    }

    private static JsonObject Gpt2(ModelFolder folder, FolderTokens tokens, bool addsSpace)
    {
        tokens.Add("unk_token", EndOfText);
        tokens.Add("eos_token", EndOfText);
        tokens.Add("pad_token", EndOfText);
        var begin = folder.Config["add_bos_token"].Flag(false)
            ? tokens.Require("bos_token", EndOfText)
            : tokens.Add("bos_token", EndOfText);
        var trim = new JsonObject { ["type"] = "ByteLevel", ["trim_offsets"] = false };
        var file = ByteLevel(addsSpace);
        file["post_processor"] = !folder.Config["add_bos_token"].Flag(false) ? trim
            : new JsonObject { ["type"] = "Sequence", ["processors"] = new JsonArray(trim, Template([begin], [])) };
        return file;
    }

    private static JsonObject Roberta(FolderTokens tokens, bool addsSpace)
    {
        var (cls, sep) = (tokens.Require("cls_token", "<s>"), tokens.Require("sep_token", "</s>"));
        tokens.Add("bos_token", "<s>");
        tokens.Add("eos_token", "</s>");
        tokens.Add("unk_token", "<unk>");
        tokens.Add("pad_token", "<pad>");
        tokens.Add("mask_token", "<mask>", leftStrip: true);
        var file = ByteLevel(addsSpace);
        file["post_processor"] = RobertaProcessing(cls, sep, trims: true, addsSpace);
        return file;
    }

    private static JsonObject Deberta(FolderTokens tokens, bool addsSpace)
    {
        var (cls, sep) = (tokens.Require("cls_token", "[CLS]"), tokens.Require("sep_token", "[SEP]"));
        tokens.Add("unk_token", "[UNK]");
        tokens.Add("pad_token", "[PAD]");
        tokens.Add("mask_token", "[MASK]", leftStrip: true);
        var file = ByteLevel(addsSpace);
        file["post_processor"] = new JsonObject
        {
            ["type"] = "BertProcessing",
            ["cls"] = new JsonArray(cls.Content, cls.Id),
            ["sep"] = new JsonArray(sep.Content, sep.Id),
        };
        return file;
    }

    private static JsonObject Whisper(FolderTokens tokens, bool addsSpace)
    {
        tokens.Add("unk_token", EndOfText);
        tokens.Add("pad_token", EndOfText);
        var begin = tokens.Require("bos_token", EndOfText);
        var end = tokens.Require("eos_token", EndOfText);
        var start = tokens.All.FirstOrDefault(token => token.Content == "<|startoftranscript|>") ?? begin;
        var bare = tokens.All.Where(token => token.Content == "<|notimestamps|>");
        var file = ByteLevel(addsSpace);
        file["post_processor"] = Template([start, .. bare], [end]);
        return file;
    }

    private static JsonObject Clip(FolderTokens tokens)
    {
        var (begin, end) = (tokens.Require("bos_token", "<|startoftext|>"), tokens.Require("eos_token", EndOfText));
        var unknown = tokens.Add("unk_token", EndOfText);
        tokens.Add("pad_token", EndOfText);
        return new JsonObject
        {
            ["normalizer"] = Sequence(
                "normalizers",
                Part("NFC"),
                new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["Regex"] = @"\s+" }, ["content"] = " " },
                Part("Lowercase")),
            ["pre_tokenizer"] = Sequence(
                "pretokenizers",
                Split(ClipWords, "Removed", invert: true),
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false }),
            ["post_processor"] = RobertaProcessing(begin, end, trims: false, addsSpace: false),
            ["decoder"] = Part("ByteLevel"),
            ["model"] = new JsonObject { ["unk_token"] = unknown.Id < 0 ? null : unknown.Content, ["end_of_word_suffix"] = "</w>" },
        };
    }

    private static JsonObject Qwen2(FolderTokens tokens)
    {
        tokens.Add("eos_token", EndOfText);
        tokens.Add("pad_token", EndOfText);
        return new JsonObject
        {
            ["normalizer"] = Part("NFC"),
            ["pre_tokenizer"] = Sequence(
                "pretokenizers",
                Split(QwenWords, "Isolated", invert: false),
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = false }),
            ["post_processor"] = new JsonObject { ["type"] = "ByteLevel", ["trim_offsets"] = false },
            ["decoder"] = Part("ByteLevel"),
        };
    }

    private static JsonObject ByteLevel(bool addsSpace) => new()
    {
        ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = addsSpace },
        ["decoder"] = Part("ByteLevel"),
    };

    private static JsonObject Part(string type) => new() { ["type"] = type };

    private static JsonObject Sequence(string name, params JsonNode[] parts) =>
        new() { ["type"] = "Sequence", [name] = new JsonArray(parts) };

    private static JsonObject Split(string regex, string behavior, bool invert) =>
        new() { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = regex }, ["behavior"] = behavior, ["invert"] = invert };

    private static JsonObject RobertaProcessing(AddedToken cls, AddedToken sep, bool trims, bool addsSpace) => new()
    {
        ["type"] = "RobertaProcessing",
        ["cls"] = new JsonArray(cls.Content, cls.Id),
        ["sep"] = new JsonArray(sep.Content, sep.Id),
        ["trim_offsets"] = trims,
        ["add_prefix_space"] = addsSpace,
    };

    private static JsonObject Template(AddedToken[] before, AddedToken[] behind)
    {
        var named = new JsonObject();
        foreach (var token in before.Concat(behind).DistinctBy(token => token.Content))
        {
            named[token.Content] =
                new JsonObject { ["id"] = token.Content, ["ids"] = new JsonArray(token.Id), ["tokens"] = new JsonArray(token.Content) };
        }

        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray([.. before.Select(Special), Text("A", 0), .. behind.Select(Special)]),
            ["pair"] = new JsonArray([.. before.Select(Special), Text("A", 0), Text("B", 1), .. behind.Select(Special)]),
            ["special_tokens"] = named,
        };

        JsonObject Special(AddedToken token) => new() { ["SpecialToken"] = new JsonObject { ["id"] = token.Content, ["type_id"] = 0 } };
        JsonObject Text(string id, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = id, ["type_id"] = type } };
    }

    private static JsonObject Write(AddedToken token) => new()
    {
        ["id"] = token.Id,
        ["content"] = token.Content,
        ["single_word"] = token.SingleWord,
        ["lstrip"] = token.LeftStrip,
        ["rstrip"] = token.RightStrip,
        ["normalized"] = token.Normalized,
        ["special"] = token.Special,
    };
}
