using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Files;

/// <summary>Reads BERT's or MPNet's vocab.txt, one token a line, with the options that tokenizer_config.json and its like beside it may hold.</summary>
internal static class VocabularyText
{
    public static Pipeline Read(string path)
    {
        var folder = ModelFolder.Beside(path);
        RefuseJapanese(folder, path);
        var config = folder.Config;
        var vocabulary = new Vocabulary(ReadTokens(path));
        var tokens = new FolderTokens(folder, path, token => vocabulary.Find(token));
        var lowercase = config["do_lower_case"].Flag(true);
        var normalizer = new BertNormalizer(
            cleanText: true,
            config["tokenize_chinese_chars"].Flag(true),
            config["strip_accents"].Flag(lowercase),
            lowercase);
        var unknown = tokens.Add("unk_token", "[UNK]");
        var around = folder.Family == "mpnet" ? MpnetTokens(tokens) : BertTokens(tokens);
        return new Pipeline
        {
            Normalizer = normalizer,
            PreTokenizers = [CharacterSplit.Bert],
            Model = new WordPieceModel(vocabulary, unknown.Content, "##", 100),
            PostProcessor = around,
            Decoders = [next => new WordPieceDecoder("##", cleanUp: true, next)],
            Added = new AddedVocabulary(tokens.All, normalizer),
            Truncation = folder.Truncation,
        }.WithScanner();
    }

    private static PostProcessor BertTokens(FolderTokens tokens)
    {
        tokens.Add("pad_token", "[PAD]");
        tokens.Add("mask_token", "[MASK]");
        var (cls, sep) = (tokens.Require("cls_token", "[CLS]"), tokens.Require("sep_token", "[SEP]"));
        return TokenizerJson.Bert((cls.Content, cls.Id), (sep.Content, sep.Id));
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

        TemplatePart Part(AddedToken token, int type) => TemplatePart.Special(token.Content, token.Id, type);
    }

    private static void RefuseJapanese(ModelFolder folder, string path)
    {
        if (folder.Family == "bertjapanese")
        {
            throw new NotSupportedException($"{path} is of a tokenizer that cuts Japanese into words with a dictionary (MeCab), which is not built.");
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
