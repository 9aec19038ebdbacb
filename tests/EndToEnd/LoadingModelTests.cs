using Simile.Cli;
using Simile.Testing;

namespace EndToEnd;

public sealed class LoadingModelTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_model_that_nobody_asked_for_is_closed_when_something_else_fails()
    {
        var folder = CopyModel();
        Assert.Equal("the store is damaged", Assert.Throws<InvalidDataException>(() => Fail(folder)).Message);
        Assert.DoesNotContain(folder, Mapped(), StringComparison.Ordinal);

        using var loading = new LoadingModel(folder);
        Assert.Equal(loading.Model.Dimensions, loading.Model.Texts.Embed("a bird").Length);
        Assert.Contains(folder, Mapped(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("broken")]
    public void A_model_that_cannot_be_loaded_hides_nothing_that_failed_before(string name)
    {
        _tool.Write("broken/config.json", "{");
        var model = _tool.In(name);
        Assert.Equal("the store is damaged", Assert.Throws<InvalidDataException>(() => Fail(model)).Message);

        using var loading = new LoadingModel(model);
        Assert.Contains(name, Failures.Sentence(Assert.ThrowsAny<Exception>(() => loading.Model)), StringComparison.Ordinal);
    }

    private static void Fail(string model)
    {
        using var loading = new LoadingModel(model);
        throw new InvalidDataException("the store is damaged");
    }

    private string CopyModel()
    {
        var source = Assets.Require("golden/architectures/st_mean");
        var target = _tool.In("model");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    // What of files stands in this process's addresses.
    private static string Mapped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells which files are mapped.");
        return File.ReadAllText("/proc/self/maps");
    }
}
