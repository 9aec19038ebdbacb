using Simile.Testing;

namespace EndToEnd;

/// <summary>A quantized transformer.</summary>
public sealed class QuantizeTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_model_in_bytes_says_what_it_lost_and_is_used_like_any_other()
    {
        var original = Assets.Require("models/all-MiniLM-L6-v2");
        var made = _tool.Run("models", "quantize", original, "--out", "small", "--json").Succeeds().Json[0];
        Assert.Equal(36, made.GetProperty("matrices").GetInt32());
        Assert.InRange(made.GetProperty("lowest_cosine").GetDouble(), .98, .99999);
        Assert.InRange(made.GetProperty("correlation").GetDouble(), .99, .999999);
        Assert.True(made.GetProperty("bytes").GetInt64() * 2 < made.GetProperty("bytes_before").GetInt64());

        _tool.Write("texts/cat.txt", "A cat sleeps on the roof.\n");
        _tool.Write("texts/car.txt", "The car needs new tyres.\n");
        var found = _tool.Run("find", "a sleeping animal", "texts", "--model", "small", "--json").Succeeds().Json;
        Assert.EndsWith("cat.txt", found[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Contains("bert", _tool.Run("models", "info", "small").Succeeds().Output, StringComparison.Ordinal);

        // A second run overwrites the first one's output.
        _tool.Write("lines.txt", "one text\nand another\n");
        Assert.Contains(
            "On 2 texts",
            _tool.Run("models", "quantize", original, "--out", "small", "--text", "lines.txt").Succeeds().Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_quantised_is_said()
    {
        _tool.Run("models", "quantize", "nowhere", "--out", "small").FailsWith(1, "nowhere");
        _tool.Run("models", "quantize", "simile/base", "--out", "small").FailsWith(1, "already");
        _tool.Write("one.txt", "one line\n");
        _tool.Run("models", "quantize", Assets.Require("models/all-MiniLM-L6-v2"), "--out", "small", "--text", "one.txt")
            .FailsWith(1, "one.txt", "two");
        Assert.False(Directory.Exists(_tool.In("small")));
    }
}
