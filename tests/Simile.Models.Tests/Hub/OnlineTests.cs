using Simile.Models.Verification;
using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>The real hub, with SIMILE_ONLINE=1 alone: models are pulled and give what their references publish.</summary>
public sealed class OnlineTests : IDisposable
{
    private readonly string _cache = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    // Ids that the models' own cards and transformers' documentation show.
    [Theory]
    [InlineData("distilbert-base-uncased", "hello world", new[] { 101, 7592, 2088, 102 })]
    [InlineData("gpt2", "Hello world", new[] { 15496, 995 })]
    [InlineData("FacebookAI/roberta-base", "Hello world", new[] { 0, 31414, 232, 2 })]
    public async Task A_tokenizer_is_pulled_by_name_and_gives_the_published_ids(string name, string text, int[] ids)
    {
        RequireOnline();
        var tokenizer = await ModelTokenizer.LoadAsync(name, Options(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ids, tokenizer.Encode(text).Ids);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_cache, "*", SearchOption.AllDirectories),
            file => file.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sentence-transformers/all-MiniLM-L6-v2")]
    [InlineData("all-MiniLM-L6-v2")]
    public async Task A_model_is_pulled_by_name_and_is_what_its_authors_published(string name)
    {
        RequireOnline();
        using var hub = new HubClient(Options());
        var snapshot = await hub.PullAsync(name, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            90_868_376,
            new FileInfo(Path.Combine(snapshot.Folder, "model.safetensors")).ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
                ? target.Length
                : 0);
        Assert.DoesNotContain(
            ModelVerifier.Verify(snapshot.Folder, new VerificationOptions()), check => check.Verdict == CheckVerdict.Different);
    }

    [Fact]
    public async Task A_gated_model_says_what_to_do()
    {
        RequireOnline();
        using var hub = new HubClient(Options() with { Token = null });
        var e = await Assert.ThrowsAsync<HubException>(() =>
            hub.PullAsync("meta-llama/Llama-2-7b-chat-hf", HubFiles.Tokenizer, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(HubFailure.Gated, e.Failure);
        Assert.Contains("https://huggingface.co/meta-llama/Llama-2-7b-chat-hf", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResNet18_is_timm_s_repository_and_makes_512_numbers()
    {
        RequireOnline();
        using var model = await ImageEmbedder.LoadAsync(
            "resnet18", hub: Options(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(512, model.Dimensions);
    }

    private static void RequireOnline() =>
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("SIMILE_ONLINE") == "1",
            "SIMILE_ONLINE is not 1: this test pulls models from huggingface.co.");

    private HubOptions Options() => new() { Cache = _cache, Offline = false };
}
