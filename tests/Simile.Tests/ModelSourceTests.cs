using Simile.Embedding;
using Simile.Testing;

namespace Simile.Tests;

public sealed class ModelSourceTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_that_nobody_asked_for_is_closed_when_something_else_fails()
    {
        var folder = CopyModel();
        Assert.Equal("the store is damaged", (await Assert.ThrowsAsync<InvalidDataException>(() => Fail(folder))).Message);
        Assert.DoesNotContain(folder, Mapped(), StringComparison.Ordinal);

        await using var source = ModelSource.Load(folder, preloadTexts: true);
        var model = await source.GetAsync();
        Assert.Equal(model.Dimensions, (await model.EmbedQueryAsync("a bird", MediaKind.Text, CancellationToken.None)).Length);
        Assert.Contains(folder, Mapped(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("broken")]
    public async Task A_model_that_cannot_be_loaded_hides_nothing_that_failed_before(string name)
    {
        var model = Path.Combine(_folder, name);
        if (name == "broken")
        {
            Directory.CreateDirectory(model);
            await File.WriteAllTextAsync(Path.Combine(model, "config.json"), "{");
        }

        Assert.Equal("the store is damaged", (await Assert.ThrowsAsync<InvalidDataException>(() => Fail(model))).Message);
        await using var source = ModelSource.Load(model, preloadTexts: true);
        Assert.Contains(name, (await Assert.ThrowsAnyAsync<Exception>(source.GetAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fingerprint_that_is_known_is_not_read_again()
    {
        await using var source = ModelSource.Load(TextEmbedder.BuiltIn, preloadTexts: false, "known");
        Assert.Equal("known", (await source.GetAsync()).Fingerprint);
    }

    [Fact]
    public async Task The_library_and_the_tool_take_the_same_prompts()
    {
        var folder = Assets.Require("golden/architectures/st_prompts");
        using var joint = MultimodalModel.Load(folder);
        var model = CorpusModel.Create(joint);
        Assert.Equal(
            joint.Texts.Embed("which bird", "query"),
            (await model.EmbedQueryAsync("which bird", MediaKind.Text, CancellationToken.None)).ToArray());
    }

    private static async Task Fail(string model)
    {
        await using var source = ModelSource.Load(model, preloadTexts: true);
        throw new InvalidDataException("the store is damaged");
    }

    private string CopyModel()
    {
        var source = Assets.Require("golden/architectures/st_mean");
        var target = Path.Combine(_folder, "model");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    // The files that are mapped into this process.
    private static string Mapped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells which files are mapped.");
        return File.ReadAllText("/proc/self/maps");
    }
}
