using Simile.Testing;

namespace EndToEnd;

/// <summary>The built-in model needs no assets and no network.</summary>
public sealed class BuiltInModelTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void The_built_in_model_tells_its_tokens_and_back()
    {
        const string Text = "哪种鸟不会飞";
        var encoded = _tool.RunWith(Text, "tokenize").Succeeds();
        Assert.Equal(Text, _tool.RunWith(encoded.Output, "tokenize", "--decode").Succeeds().Output.Trim());
    }

    [Theory]
    [InlineData("simile/base")]
    [InlineData("models/all-MiniLM-L6-v2")]
    public void Two_pieces_of_clothing_are_closer_than_a_rider(string model)
    {
        model = model.StartsWith("models/", StringComparison.Ordinal) ? Assets.Require(model) : model;
        var run = _tool.Run(
            "similarity", "pink short sleeve top", "pink long sleeve shirt", "man riding a horse", "--json", "--model", model)
            .Succeeds();
        var pairs = run.Json.Select(line =>
            (A: line.GetProperty("a").GetString()!, B: line.GetProperty("b").GetString()!, Score: line.GetProperty("score").GetSingle()))
            .ToArray();
        Assert.Equal(
            [
                ("pink short sleeve top", "pink long sleeve shirt"),
                ("pink short sleeve top", "man riding a horse"),
                ("pink long sleeve shirt", "man riding a horse"),
            ],
            pairs.Select(pair => (pair.A, pair.B)));
        Assert.True(pairs[0].Score > pairs[1].Score + .2f && pairs[0].Score > pairs[2].Score + .2f, run.Output);
    }
}
