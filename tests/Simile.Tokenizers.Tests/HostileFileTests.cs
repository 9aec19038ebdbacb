namespace Simile.Tokenizers.Tests;

public class HostileFileTests
{
    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":-1}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":2147483647}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":1e99}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}},"added_tokens":[{"content":"x","id":2147483647}]}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":["a"]}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"\ud800":1}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}},"added_tokens":[{"content":"\udc00","id":1}]}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}},"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x","type_id":0}}],"pair":[],"special_tokens":{}}}""")]
    public void A_damaged_tokenizer_json_is_refused_in_a_sentence(string json)
    {
        var e = Assert.Throws<InvalidDataException>(() => Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_that_is_not_built_is_named()
    {
        var e = Assert.Throws<NotSupportedException>(() => Small.Bert("""{"normalizer":{"type":"Sequence","normalizers":[{"type":"Sparkle"}]}}"""));
        Assert.Contains("Sparkle", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_or_an_empty_folder_is_refused()
    {
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load("/nowhere/tokenizer.json"));
        var empty = Directory.CreateTempSubdirectory("simile-tokenizers-");
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(empty.FullName));
        empty.Delete();
    }

    [Fact]
    public void Mutated_tokenizer_json_never_throws_anything_else()
    {
        var random = new Random(6);
        var whole = System.Text.Encoding.UTF8.GetBytes(Small.BertJson("""{"truncation":{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":0},"padding":{"strategy":{"Fixed":6}}}"""));
        for (var i = 0; i < 400; i++)
        {
            TryAll("tokenizer.json", Mutate(whole, random));
        }
    }

    [Fact]
    public void Mutated_models_never_throw_anything_else()
    {
        var random = new Random(7);
        var whole = Small.UnigramModel(("▁a", -1f, 1), ("b", -2f, 1), ("cd", 0f, 4), ("e", 0f, 5));
        for (var i = 0; i < 800; i++)
        {
            TryAll("tokenizer.model", Mutate(whole, random));
        }
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var n = random.Next(4); n >= 0; n--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => bytes[random.Next(bytes.Length)], _ => 0xFF };
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static void TryAll(string name, byte[] content)
    {
        try
        {
            var tokenizer = Small.LoadFile(name, content);
            var ids = tokenizer.Encode("The cat [MASK] sat, abcde é \ud83d\ude00 zzz", "b").Ids;
            tokenizer.Decode(ids);
            tokenizer.With(tokenizer.EmbeddedTruncation, tokenizer.EmbeddedPadding).Encode("a cat sat");
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}
