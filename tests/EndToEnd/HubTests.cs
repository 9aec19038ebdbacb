using Simile.Models.Tests;
using Simile.Testing;

namespace EndToEnd;

/// <summary>Models by name: pulled from a hub on this machine, listed, used, removed.</summary>
public sealed class HubTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly HubServer _hub = new();

    public HubTests() =>
        _tool.With("HF_HUB_CACHE", _tool.In("hub")).With("HF_ENDPOINT", _hub.Endpoint.AbsoluteUri).With("HF_TOKEN", null)
            .With("HF_HUB_OFFLINE", null);

    public void Dispose()
    {
        _hub.Dispose();
        _tool.Dispose();
    }

    [Fact]
    public void A_model_is_pulled_listed_used_and_removed()
    {
        _hub.AddFolder(Assets.Require("golden/architectures/st_mean"));
        var made = _tool.Run("models", "pull", "some/model", "--json").Succeeds().Json.Single();
        Assert.Equal(HubServer.Commit, made.GetProperty("revision").GetString());
        Assert.Contains("all was there", _tool.Run("models", "pull", "some/model").Succeeds().Output, StringComparison.Ordinal);

        _tool.With("HF_HUB_OFFLINE", "1");
        Assert.Single(_tool.Run("embed", "--text", "A man is playing a guitar.", "--model", "some/model").Succeeds().Json);
        var listed = _tool.Run("models", "list", "--json").Succeeds().Json[1];
        Assert.Equal(
            ("some/model", made.GetProperty("path").GetString()),
            (listed.GetProperty("name").GetString(), listed.GetProperty("path").GetString()));
        Assert.True(listed.GetProperty("bytes").GetInt64() >= made.GetProperty("bytes").GetInt64());
        Assert.Equal(DateTime.UtcNow, listed.GetProperty("last_used").GetDateTime(), TimeSpan.FromMinutes(10));

        Assert.Contains("freed", _tool.Run("models", "remove", "some/model").Succeeds().Output, StringComparison.Ordinal);
        _tool.Run("models", "remove", "some/model").FailsWith(1, "some/model", "models list");
        Assert.Single(_tool.Run("models", "list", "--json").Succeeds().Json);
        _tool.Run("models", "pull", "some/model").FailsWith(1, "HF_HUB_OFFLINE");
    }

    [Fact]
    public void What_is_not_there_fails_naming_the_command_that_pulls_it()
    {
        _tool.Run("embed", "--text", "a", "--model", "some/model").FailsWith(1, "\"simile models pull some/model\"");
        _tool.Run("tokenize", "--text", "a", "--model", "gpt2").FailsWith(1, "\"simile models pull gpt2\"");
        _tool.Run("models", "pull", "no/such").FailsWith(1, "no/such", "models search");
        _tool.Run("models", "pull", "../x").FailsWith(1, "../x", "OWNER/NAME");
        _tool.Run("models", "pull").FailsWith(2, "NAME");
    }

    [Fact]
    public void A_tokenizer_is_pulled_alone_and_the_rest_is_asked_for_when_it_is_missing()
    {
        _hub.AddFolder(Assets.Require("golden/architectures/st_mean"));
        _tool.Run("models", "pull", "some/model", "--tokenizer").Succeeds();
        Assert.NotEmpty(_tool.Run("tokenize", "--text", "a guitar", "--model", "some/model").Succeeds().Json);
        _tool.Run("embed", "--text", "a guitar", "--model", "some/model").FailsWith(1, "\"simile models pull some/model\"");
        _tool.Run("models", "pull", "some/model").Succeeds();
        _tool.Run("embed", "--text", "a guitar", "--model", "some/model").Succeeds();
    }

    [Fact]
    public void A_stopped_pull_keeps_what_came()
    {
        _hub.Add("config.json", "{}").Add("model.safetensors", new byte[4_000_000], isLarge: true);
        _hub.Change = (request, reply) => request.IsOfStorage ? reply with { Sent = 1_000_000, Stalls = true } : reply;
        using var process = _tool.Start("models", "pull", "some/model");
        SpinWait.SpinUntil(
            () => Directory.Exists(_tool.In("hub"))
                && Directory.EnumerateFiles(_tool.In("hub"), "*.incomplete", SearchOption.AllDirectories)
                    .Any(file => new FileInfo(file).Length == 1_000_000),
            TimeSpan.FromMinutes(1));
        Tool.Signal(process, "INT");
        Assert.Contains("What has come is kept", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(130, Tool.End(process));
        _hub.Change = (_, reply) => reply;
        Assert.Contains("3.00 MB came", _tool.Run("models", "pull", "some/model").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_prints_names_that_pull_takes()
    {
        Assert.Equal(
            "some/model",
            _tool.Run("models", "search", "small", "model", "--json").Succeeds().Json.Single().GetProperty("name").GetString());
        Assert.Contains("sentence-similarity", _tool.Run("models", "search", "small").Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt-4", "[15339]")]
    [InlineData("text-embedding-3-small", "[15339]")]
    [InlineData("gpt-4o-mini", "[24912]")]
    [InlineData("o200k_base", "[24912]")]
    public void A_model_of_OpenAI_names_its_encoding_which_is_there_without_a_network(string model, string ids)
    {
        Assert.Equal(
            ids, _tool.Run("tokenize", "--text", "hello", "--model", model).Succeeds().Json.Single().GetProperty("ids").GetRawText());
        Assert.Empty(_hub.Requests);
    }
}
