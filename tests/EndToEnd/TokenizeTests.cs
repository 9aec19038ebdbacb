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
        Assert.Equal(
            ["[CLS]", "hello", ",", "[UNK]", "naive", "world", "[SEP]"],
            line.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!));
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

    [Theory]
    [InlineData("101", "7592", "1010", "2088", "102")]
    [InlineData("[101, 7592, 1010, 2088, 102]")]
    [InlineData("--text", "7592,1010,2088")]
    public void Ids_may_stand_on_the_command_line(params string[] ids) =>
        Assert.Equal("hello, world\n", _tool.Run(["tokenize", "--decode", "--model", Model, .. ids]).Succeeds().Output);

    [Theory]
    [InlineData("abc")]
    [InlineData("--text", "99999999")]
    public void Nothing_that_can_be_decoded_is_a_failure(params string[] ids) =>
        _tool.Run(["tokenize", "--decode", "--model", Model, .. ids]).FailsWith(1, "the ids", "1 skipped");

    [Fact]
    public void Json_keeps_emoji_readable_and_escapes_what_it_must()
    {
        var run = _tool.Run("tokenize", "--json", "--model", Model, "--decode", "--text", "7592").Succeeds();
        Assert.Equal("{\"text\":\"hello\"}\n", run.Output);
        var sought = _tool.RunWith("👍 \"\u0001\\ 好\ta\u2028\n", "embed").Succeeds();
        Assert.StartsWith("{\"text\":\"👍 \\\"\\u0001\\\\ 好\\ta", sought.Output, StringComparison.Ordinal);
        Assert.Equal("👍 \"\u0001\\ 好\ta\u2028", sought.Json.Single().GetProperty("text").GetString());
    }

    [Fact]
    public void A_text_is_explained_for_people()
    {
        var run = _tool.Run("tokenize", "--explain", "--model", Model, "--text", "Flightless 👍\tbirds").Succeeds();
        string[] rows =
        [
            "[CLS] flight ##less [UNK] birds [SEP]",
            "101   3462   3238   100   5055  102",
            "-     0-6    6-10   11-12 13-18 -",
        ];
        Assert.Equal(
            ["4 tokens, 1.33 a word, 0.22 a character", .. rows],
            run.Output.TrimEnd().Split('\n').Select((line, i) => i == 0 ? line.Split("  ")[1] : line.Trim()));
        Assert.DoesNotContain('\e', run.Output);
    }

    [Fact]
    public void Models_are_shown_side_by_side_with_what_all_lines_take()
    {
        var ranks = Assets.Require("models/tokenizers/cl100k_base.tiktoken");
        var run = _tool.RunWith("好 ok\na\u200b\n", "tokenize", "--explain", "--model", Model, "--model", ranks).Succeeds();
        Assert.Contains("2 lines", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Split('\n').Count(line => line.StartsWith(ranks, StringComparison.Ordinal)));
        Assert.Contains("␣ok", run.Output, StringComparison.Ordinal);
        Assert.Contains("‹U+200B›", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_models_are_named_in_json_and_in_decoded_text()
    {
        var ranks = Assets.Require("models/tokenizers/cl100k_base.tiktoken");
        var lines = _tool.Run("tokenize", "--text", "hello world", "--no-special-tokens", "--model", Model, "--model", ranks)
            .Succeeds().Json;
        Assert.Equal([Model, ranks], lines.Select(line => line.GetProperty("model").GetString()));
        Assert.Equal("[15339,1917]", lines[1].GetProperty("ids").GetRawText());
        Assert.Equal(
            [$"{Model}  hello", $"{ranks}  hello"],
            _tool.Run("tokenize", "--decode", "--model", Model, "--model", ranks, "7592").Output.TrimEnd().Split('\n')
                .Select(line => line[..(line.IndexOf("  ", StringComparison.Ordinal) + 2)] + "hello"));
    }

    [Fact]
    public void An_encoding_is_found_by_name_here_and_in_the_cache_of_tiktoken()
    {
        var ranks = Assets.Require("models/tokenizers/cl100k_base.tiktoken");
        var cache = Directory.CreateDirectory(_tool.In("kept")).FullName;
        _tool.With("TIKTOKEN_CACHE_DIR", cache);
        _tool.Run("tokenize", "--text", "hello", "--model", "p50k_base").FailsWith(1, "p50k_base.tiktoken", "TIKTOKEN_CACHE_DIR");
        File.Copy(ranks, Path.Combine(cache, "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"));
        Assert.Equal(
            "[15339]",
            _tool.Run("tokenize", "--text", "hello", "--model", "cl100k_base").Succeeds().Json.Single().GetProperty("ids").GetRawText());
        Directory.Delete(cache, recursive: true);
        File.Copy(ranks, _tool.In("cl100k_base.tiktoken"));
        _tool.Run("tokenize", "--text", "hello", "--model", "cl100k_base").Succeeds();
    }

    [Fact]
    public void More_than_one_file_is_wrong_usage() => _tool.Run("tokenize", "a.txt", "b.txt").FailsWith(2, "one file");

    [Fact]
    public void A_tokenizer_file_is_enough()
    {
        var line = _tool.RunWith("hello", "tokenize", "--no-special-tokens", "--model", Path.Combine(Model, "vocab.txt")).Succeeds().Json
            .Single();
        Assert.Equal("[7592]", line.GetProperty("ids").GetRawText());
    }
}
