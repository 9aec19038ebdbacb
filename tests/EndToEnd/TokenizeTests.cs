using System.Text.Json;
using Simile.Testing;

namespace EndToEnd;

public sealed class TokenizeTests : IDisposable
{
    private readonly Tool _tool = new();

    private static string Model => Assets.Require("models/all-MiniLM-L6-v2");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_line_in_is_ids_tokens_and_offsets_out()
    {
        var line = _tool.RunWith("Hello, 😀 naïve world\n", "tokenize", "--model", Model).Succeeds().Json.Single();
        Assert.Equal([101, 7592, 1010, 100, 15743, 2088, 102], line.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
        Assert.Equal(["[CLS]", "hello", ",", "[UNK]", "naive", "world", "[SEP]"], line.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!));
        Assert.Equal("[[0,0],[0,5],[5,6],[7,8],[9,14],[15,20],[0,0]]", line.GetProperty("offsets").GetRawText());
    }

    [Theory]
    [InlineData("[101, 7592, 1010, 2088, 102]\n", "hello, world\n")]
    [InlineData("101 7592 1010 2088 102\n7592\n", "hello, world\nhello\n")]
    [InlineData("{\"ids\":[7592],\"tokens\":[\"hello\"]}\n", "hello\n")]
    public void Ids_in_are_text_out(string ids, string text) =>
        Assert.Equal(text, _tool.RunWith(ids, "tokenize", "--decode", "--model", Model).Succeeds().Output);

    [Theory]
    [InlineData("[7592, 99999999]")]
    [InlineData("[7592, -1]")]
    [InlineData("[7592, 1.5]")]
    [InlineData("[7592, \"hello\"]")]
    [InlineData("[7592")]
    [InlineData("{\"tokens\":[]}")]
    [InlineData("hello")]
    [InlineData("99999999999999999999")]
    public void Wrong_ids_are_named_with_their_line_and_skipped(string wrong)
    {
        var run = _tool.RunWith($"7592\n{wrong}\n7592\n", "tokenize", "--decode", "--model", Model);
        run.FailsWith(3, "line 2");
        Assert.Equal("hello\nhello\n", run.Output);
    }

    [Fact]
    public void A_tokenizer_file_is_enough()
    {
        var line = _tool.RunWith("hello", "tokenize", "--no-special-tokens", "--model", Path.Combine(Model, "vocab.txt")).Succeeds().Json.Single();
        Assert.Equal("[7592]", line.GetProperty("ids").GetRawText());
    }
}
