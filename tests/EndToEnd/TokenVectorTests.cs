using System.Text.Json;
using Simile.Testing;

namespace EndToEnd;

/// <summary>embed --tokens.</summary>
public sealed class TokenVectorTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Each_token_has_its_place_and_a_vector_that_depends_on_the_others()
    {
        var model = Assets.Require("golden/architectures/st_mean");
        var tokens = _tool.Run("embed", "--tokens", "--text", "a man plays", "--text", "the man", "--model", model).Succeeds().Json;
        Assert.Equal(["a", "man", "pla", "##ys", "the", "man"], tokens.Select(token => token.GetProperty("token").GetString()));
        Assert.Equal([0, 0, 0, 0, 1, 1], tokens.Select(token => token.GetProperty("row").GetInt32()));
        Assert.Equal(
            [(0, 1), (2, 5), (6, 9), (9, 11), (0, 3), (4, 7)],
            tokens.Select(token => (token.GetProperty("start").GetInt32(), token.GetProperty("end").GetInt32())));
        Assert.NotEqual(Vector(tokens[1]), Vector(tokens[5]));
        Assert.Single(tokens.Select(token => Vector(token).Length).Distinct());

        // The embeddings before the first layer know the place and nothing of the other tokens.
        var first = _tool.Run("embed", "--tokens", "--text", "a man", "--text", "the man", "--layer", "hidden_states.0", "--model", model)
            .Succeeds().Json;
        Assert.All(Vector(first[1]).Zip(Vector(first[3])), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Lines_give_the_tokens_of_each()
    {
        var model = Assets.Require("golden/architectures/st_mean");
        _tool.Write("lines.txt", "a man\n\na man\n");
        var tokens = _tool.Run("embed", "lines.txt", "--tokens", "--model", model).Succeeds().Json;
        Assert.Equal([0, 0, 2, 2], tokens.Select(token => token.GetProperty("row").GetInt32()));
        Assert.All(Vector(tokens[0]).Zip(Vector(tokens[2])), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void What_has_no_tokens_is_named()
    {
        var model = Assets.Require("golden/architectures/st_mean");
        Directory.CreateDirectory(_tool.In("folder"));
        _tool.Write("empty.txt", "");
        Assert.Empty(_tool.Run("embed", "empty.txt", "--tokens", "--model", model).Succeeds().Output);
        _tool.Run("embed", "none.txt", "--tokens", "--model", model).FailsWith(1, "none.txt does not exist");
        _tool.Run("embed", "folder", "--tokens", "--model", model).FailsWith(1, "folder is a folder");
        _tool.Run("embed", "--tokens", "--text", "a", "--model", model, "--layer", "nonsense").FailsWith(1, "nonsense", "hidden_states.0");
        _tool.Run("embed", "--tokens", "--text", "a", "--model", model, "--out", "a.npy").FailsWith(2, "--out");
        _tool.Run("embed", "--tokens", "--text", "a").FailsWith(1, "transformer");
        _tool.Run("embed", "--tokens", "--text", "a", "--model", "none").FailsWith(1, "none");
    }

    private static double[] Vector(JsonElement token) =>
        [.. token.GetProperty("vector").EnumerateArray().Select(number => number.GetDouble())];
}
