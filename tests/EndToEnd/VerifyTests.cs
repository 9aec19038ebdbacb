namespace EndToEnd;

public sealed class VerifyTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void The_built_in_model_verifies_itself()
    {
        var checks = _tool.Run("models", "verify", "--json").Succeeds().Json;
        Assert.All(checks, check => Assert.Equal("same", check.GetProperty("verdict").GetString()));
        Assert.Contains("cosine 1.0000", _tool.Run("models", "verify").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_differs_from_the_users_reference_ends_with_1()
    {
        var reference = _tool.Write("reference.jsonl", """{"text":"a cat","ids":[1,2]}""");
        var run = _tool.Run("models", "verify", "--against", reference);
        run.FailsWith(1, "1 of 12");
        Assert.Contains("DIFFERENT", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_nothing_is_known_of_is_not_called_good()
    {
        _tool.Write("model/config.json", "{}");
        _tool.Run("models", "verify", "model").FailsWith(1, "--hashes", "--against");
    }

    [Fact]
    public void A_list_that_is_missing_is_named() => _tool.Run("models", "verify", "--hashes", "nowhere.txt").FailsWith(1, "nowhere.txt");
}
