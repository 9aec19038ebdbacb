using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Files;

/// <summary>Reads BERT's vocab.txt, one token a line, with the options that tokenizer_config.json beside it may hold.</summary>
internal static class VocabularyText
{
    private static readonly string[] SpecialRoles = ["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"];

    public static Pipeline Read(string path)
    {
        var config = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "tokenizer_config.json");
        return Read(path, File.Exists(config) ? JsonField.Read(config) : default);
    }

    private static Pipeline Read(string path, JsonField config)
    {
        var tokens = ReadTokens(path);
        var vocabulary = new Vocabulary(tokens);
        var lowercase = config["do_lower_case"].Flag(true);
        var normalizer = new BertNormalizer(
            cleanText: true,
            config["tokenize_chinese_chars"].Flag(true),
            config["strip_accents"].Flag(lowercase),
            lowercase);
        var special = SpecialRoles.ToDictionary(role => role, role => SpecialToken(config[role], $"[{role[..role.IndexOf('_', StringComparison.Ordinal)].ToUpperInvariant()}]"));
        return new Pipeline
        {
            Normalizer = normalizer,
            PreTokenizers = [CharacterSplit.Bert],
            Model = new WordPieceModel(vocabulary, special["unk_token"], "##", 100),
            PostProcessor = TokenizerJson.Bert(Require("cls_token"), Require("sep_token")),
            Decoders = [next => new WordPieceDecoder("##", cleanUp: true, next)],
            Added = new AddedVocabulary(
                special.Values.Where(token => vocabulary.Find(token) >= 0).Select(token => new AddedToken(token, vocabulary.Find(token)) { Special = true }),
                normalizer),
        }.WithScanner();

        (string Token, int Id) Require(string role) => vocabulary.Find(special[role]) is >= 0 and var id
            ? (special[role], id)
            : throw new InvalidDataException($"{path} has no token {special[role]}, which stands around every text.");
    }

    // A special token is a string, or an object that has it as its content.
    private static string SpecialToken(JsonField field, string missing) =>
        field.Value.ValueKind == System.Text.Json.JsonValueKind.Object ? field["content"].Text() : field.Text(missing);

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
