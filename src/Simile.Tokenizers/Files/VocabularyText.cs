using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Files;

/// <summary>
/// Reads the vocab.txt of BERT, MPNet or Funnel, one token per line, with the options of tokenizer_config.json and similar files beside it.
/// </summary>
internal static class VocabularyText
{
    // Classes of transformers that behave like BERT's.
    private static readonly HashSet<string> LikeBert =
    [
        "bert", "distilbert", "electra", "mobilebert", "squeezebert", "convbert", "layoutlm",
        "lxmert", "retribert", "realm", "tapas", "splinter", "nystromformer",
        "dprcontextencoder", "dprquestionencoder", "dprreader", "basic", "nomicbert", "jinabert", "ernie",
    ];

    // Their vocab.txt is not WordPiece, or they split text into words in another way.
    private static readonly HashSet<string> Others =
    [
        "bertjapanese", "bert-japanese", "roformer", "bertweet", "phobert", "esm", "cpmant", "prophetnet", "xlm-prophetnet", "transfo-xl",
    ];

    /// <summary>Reads a file and the files beside it.</summary>
    public static Pipeline Read(string path)
    {
        var folder = ModelFolder.Beside(path);
        RefuseOthers(folder, path);
        var config = folder.Config;
        var options = new WordPieceOptions
        {
            HandleChineseCharacters = config["tokenize_chinese_chars"].Flag(true),
            StripAccents = config["strip_accents"].IsPresent ? config["strip_accents"].Flag(true) : null,
            Lowercase = config["do_lower_case"].Flag(true),
        };
        return folder.Family switch
        {
            "mpnet" => Read(path, options, folder, MpnetTokens),
            "funnel" => Read(path, options with { UnknownToken = "<unk>" }, folder, FunnelTokens),
            _ => Read(path, options, folder, tokens => BertTokens(tokens, options)),
        };
    }

    /// <summary>Reads a file by itself.</summary>
    public static Pipeline Read(string path, WordPieceOptions options) => File.Exists(path)
        ? Read(path, options, ModelFolder.None, tokens => BertTokens(tokens, options))
        : throw new FileNotFoundException($"The vocabulary {path} does not exist.");

    private static Pipeline Read(string path, WordPieceOptions options, ModelFolder folder, Func<FolderTokens, PostProcessor> around)
    {
        var vocabulary = new Vocabulary(ReadTokens(path));
        var tokens = new FolderTokens(folder, path, token => vocabulary.Find(token));
        var normalizer = new BertNormalizer(
            options.CleanText, options.HandleChineseCharacters, options.StripAccents ?? options.Lowercase, options.Lowercase);
        var unknown = tokens.Add("unk_token", options.UnknownToken);
        var template = around(tokens);
        var prefix = options.ContinuationPrefix;
        return new Pipeline
        {
            Normalizer = normalizer,
            PreTokenizers = [CharacterSplit.Bert],
            Model = new WordPieceModel(vocabulary, unknown.Content, prefix, options.MaxWordLength),
            PostProcessor = template,
            Decoders = [next => new WordPieceDecoder(prefix, cleanUp: true, next)],
            Added = new AddedVocabulary(tokens.All, normalizer),
            Truncation = folder.Truncation,
        }.WithScanner();
    }

    private static PostProcessor BertTokens(FolderTokens tokens, WordPieceOptions options)
    {
        tokens.Add("pad_token", options.PaddingToken);
        tokens.Add("mask_token", options.MaskToken);
        var (cls, sep) = (tokens.Require("cls_token", options.BeginToken), tokens.Require("sep_token", options.EndToken));
        return TokenizerJson.Bert((cls.Content, cls.Id), (sep.Content, sep.Id));
    }

    // As BERT, but <cls> has type 2.
    private static PostProcessor FunnelTokens(FolderTokens tokens)
    {
        tokens.Add("bos_token", "<s>");
        tokens.Add("eos_token", "</s>");
        tokens.Add("pad_token", "<pad>");
        tokens.Add("mask_token", "<mask>");
        var (cls, sep) = (Part(tokens.Require("cls_token", "<cls>"), 2), Part(tokens.Require("sep_token", "<sep>"), 0));
        TemplatePart[] single = [cls, TemplatePart.Sequence(0, 0), sep];
        return new PostProcessor(single, [.. single, TemplatePart.Sequence(1, 1), sep with { TypeId = 1 }]);
    }

    // <s> A </s> and <s> A </s> </s> B </s>.
    private static PostProcessor MpnetTokens(FolderTokens tokens)
    {
        tokens.Add("bos_token", "<s>");
        tokens.Add("eos_token", "</s>");
        tokens.Add("pad_token", "<pad>");
        tokens.Add("mask_token", "<mask>", leftStrip: true);
        var (cls, sep) = (Part(tokens.Require("cls_token", "<s>"), 0), Part(tokens.Require("sep_token", "</s>"), 0));
        TemplatePart[] single = [cls, TemplatePart.Sequence(0, 0), sep];
        return new PostProcessor(single, [.. single, sep, TemplatePart.Sequence(1, 1), sep with { TypeId = 1 }]);
    }

    private static TemplatePart Part(AddedToken token, int type) => TemplatePart.Special(token.Content, token.Id, type);

    private static void RefuseOthers(ModelFolder folder, string path)
    {
        if (folder.Family is "bertjapanese" or "bert-japanese")
        {
            throw new NotSupportedException($"{path} needs a dictionary (MeCab) to split Japanese into words, which is not supported.");
        }

        if (Others.Contains(folder.Family)
            || (folder.NamesClass && folder.Family is not ("mpnet" or "funnel") && !LikeBert.Contains(folder.Family)))
        {
            throw new NotSupportedException(
                $"The model family {JsonField.Shown(folder.Family)} of {path} is not supported: "
                + "load it by Tokenizer.LoadWordPiece, or save it as tokenizer.json with its own library.");
        }
    }

    private static string[] ReadTokens(string path)
    {
        var tokens = File.ReadAllLines(path);
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = tokens[i].TrimEnd();
        }

        return tokens;
    }
}
