using System.Text.Json;
using Simile.Testing;

namespace Simile.Tokenizers.Tests.Files;

public sealed class ModelFolderTests : IDisposable
{
    private const string Gpt2 = "models/tokenizers/gpt2_encoder.json,models/tokenizers/gpt2_vocab.bpe";
    private const string Clip = "models/tokenizers/clip_vocab.json,models/tokenizers/clip_merges.txt";

    private const string RobertaTokens = """{"<s>":50257,"<pad>":50258,"</s>":50259,"<unk>":50260,"<mask>":50261}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simile-model-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("gpt2", Gpt2, """{"tokenizer_class":"GPT2Tokenizer"}""", null)]
    [InlineData("gpt2", Gpt2, null, null)]
    [InlineData("gpt2-as-roberta", Gpt2, """{"tokenizer_class":"RobertaTokenizerFast","add_prefix_space":true}""", RobertaTokens)]
    [InlineData(
        "gpt2-as-roberta",
        Gpt2,
        """{"tokenizer_class":"BartTokenizer","add_prefix_space":true,"mask_token":{"content":"<mask>","lstrip":true}}""",
        RobertaTokens)]
    [InlineData("clip-vocab-merges", Clip, """{"tokenizer_class":"CLIPTokenizer"}""", null)]
    public void Two_files_in_the_dress_of_their_family_equal_the_reference(string golden, string files, string? config, string? added)
    {
        var lines = Path.Combine(Assets.Require("golden/tokenizers/" + golden), "cases.jsonl");
        File.Copy(Assets.Require(files.Split(',')[0]), In("vocab.json"));
        File.Copy(Assets.Require(files.Split(',')[1]), In("merges.txt"));
        Write("tokenizer_config.json", config);
        Write("added_tokens.json", added);
        var tokenizer = Tokenizer.Load(_folder.FullName);
        foreach (var line in File.ReadLines(lines).Select(line => JsonDocument.Parse(line).RootElement))
        {
            var pair = line.TryGetProperty("pair", out var second) ? second.GetString() : null;
            var encoding = tokenizer.Encode(
                line.GetProperty("text").GetString()!, pair, line.GetProperty("add_special_tokens").GetBoolean());
            Assert.Equal(line.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), encoding.Ids);
            Assert.Equal(line.GetProperty("decoded").GetString(), tokenizer.Decode(encoding.Ids));
        }
    }

    [Theory]
    [InlineData("""{"do_lower_case":false}""", "[CLS] the Café [SEP]")]
    [InlineData("""{"do_lower_case":false,"strip_accents":true}""", "[CLS] the Cafe [SEP]")]
    [InlineData("""{"strip_accents":false}""", "[CLS] the café [SEP]")]
    [InlineData("{}", "[CLS] the cafe [SEP]")]
    [InlineData("""{"cls_token":"the","sep_token":{"content":"cafe","lstrip":true}}""", "the the cafe cafe")]
    [InlineData("""{"tokenizer_class":"MPNetTokenizer","unk_token":"[UNK]"}""", "<s> the cafe </s>")]
    public void A_vocabulary_is_read_with_the_options_beside_it(string config, string expected)
    {
        WriteVocabulary();
        Write("tokenizer_config.json", config);
        Assert.Equal(expected, string.Join(' ', Tokenizer.Load(_folder.FullName).Encode("the Café").Tokens));
    }

    [Fact]
    public void Mpnet_puts_two_signs_between_a_pair_and_its_mask_takes_the_space_before_it()
    {
        WriteVocabulary();
        Write("config.json", """{"model_type":"mpnet"}""");
        var encoding = Tokenizer.Load(_folder.FullName).Encode("the <mask>", "cafe");
        Assert.Equal(["<s>", "the", " <mask>", "</s>", "</s>", "cafe", "</s>"], encoding.Tokens);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1], encoding.TypeIds);
    }

    [Fact]
    public void Tokens_are_named_by_either_map_and_listed_by_either_list()
    {
        WriteVocabulary();
        Write("special_tokens_map.json", """{"cls_token":"<s>","additional_special_tokens":["<a>"]}""");
        Write("added_tokens.json", """{"<a>":90,"<b>":91}""");
        var tokenizer = Tokenizer.Load(_folder.FullName);
        Assert.Equal(["<s>", "<a>", "<b>", "[SEP]"], tokenizer.Encode("<a> <b>").Tokens);
        Assert.Equal("<b>", tokenizer.Decode([90, 91]));
        Write("tokenizer_config.json", """{"added_tokens_decoder":{"92":{"content":"<c>","special":true}}}""");
        tokenizer = Tokenizer.Load(_folder.FullName);
        Assert.Equal(92, tokenizer.TokenToId("<c>"));
        Assert.Null(tokenizer.TokenToId("<a>"));
    }

    [Theory]
    [InlineData("""{"model_max_length":7}""", 7)]
    [InlineData("""{"model_max_length":1000000000000000019884624838656}""", null)]
    [InlineData("{}", null)]
    public void The_length_that_a_model_takes_is_embedded(string config, int? expected)
    {
        WriteVocabulary();
        Write("tokenizer_config.json", config);
        var tokenizer = Tokenizer.Load(_folder.FullName);
        Assert.Equal(expected, tokenizer.EmbeddedTruncation?.MaxLength);
        Assert.Null(tokenizer.Truncation);
    }

    [Fact]
    public void Tokenizer_json_comes_before_all_else()
    {
        WriteVocabulary();
        Write("tokenizer.json", Small.BertJson());
        Assert.Equal(7, Tokenizer.Load(_folder.FullName).TokenToId("sat"));
    }

    [Theory]
    [InlineData("""{"tokenizer_class":"XLMTokenizer"}""", """{"a":0,"b":1,"ab":2}""", typeof(NotSupportedException), "xlm")]
    [InlineData("""{"tokenizer_class":"RobertaTokenizer"}""", """{"a":0,"b":1,"ab":2}""", typeof(InvalidDataException), "<s>")]
    [InlineData("""{"tokenizer_class":7}""", """{"a":0,"b":1,"ab":2}""", typeof(InvalidDataException), "tokenizer_class")]
    [InlineData("""{"added_tokens_decoder":{"x":{}}}""", """{"a":0,"b":1,"ab":2}""", typeof(InvalidDataException), "ids")]
    [InlineData("""{"added_tokens_decoder":{"5":{}}}""", """{"a":0,"b":1,"ab":2}""", typeof(InvalidDataException), "content")]
    [InlineData("{}", """["a"]""", typeof(InvalidDataException), "object")]
    [InlineData("{}", null, typeof(FileNotFoundException), "vocab.json")]
    public void What_does_not_fit_together_is_refused_in_a_sentence(string config, string? vocabulary, Type exception, string word)
    {
        Write("merges.txt", "#version: 0.2\na b\n");
        Write("vocab.json", vocabulary);
        Write("tokenizer_config.json", config);
        var e = Assert.Throws(exception, () => Tokenizer.Load(_folder.FullName));
        Assert.Contains(word, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(In(name), text);
        }
    }

    private void WriteVocabulary() =>
        Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncafe\ncafé\nCafé\nCafe\n<s>\n</s>\n<mask>\n");
}
