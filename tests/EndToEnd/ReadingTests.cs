using System.Text;

namespace EndToEnd;

/// <summary>Which files find and index read, and how.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Standard_input_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Has no file for it.");
        var found = Assert.Single(_tool.RunWith("The ostrich cannot fly.\n", "find", "which bird", "-", "--json").Succeeds().Json);
        Assert.Equal(("-", "The ostrich cannot fly."), (found.GetProperty("path").GetString(), found.GetProperty("text").GetString()));
    }

    [Fact]
    public void Files_without_a_length_are_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        Assert.NotEmpty(_tool.Run("find", "how many cores", "/proc/cpuinfo", "--json").Succeeds().Json);
        _tool.Run("find", "x", "/dev/zero").FailsWith(1, "/dev/zero", "limit of 64 MB");
    }

    [Fact]
    public void A_guessed_encoding_is_said_and_another_can_be_given()
    {
        var koi8 = CodePagesEncodingProvider.Instance.GetEncoding("koi8-r")!;
        File.WriteAllBytes(_tool.In("a.txt"), koi8.GetBytes("Страус не умеет летать, а пингвин умеет плавать."));
        var guessed = _tool.Run("find", "какая птица", "a.txt", "--json").Succeeds();
        Assert.Contains("koi8-r", guessed.Error, StringComparison.Ordinal);
        Assert.Contains("Страус", Assert.Single(guessed.Json).GetProperty("text").GetString(), StringComparison.Ordinal);
        var given = _tool.Run("find", "какая птица", "a.txt", "--json", "--encoding", "windows-1251").Succeeds();
        Assert.DoesNotContain("Страус", Assert.Single(given.Json).GetProperty("text").GetString(), StringComparison.Ordinal);
        _tool.Run("find", "x", "a.txt", "--encoding", "klingon").FailsWith(2, "klingon", "iconv");
    }

    [Fact]
    public void What_is_left_out_is_counted_and_read_when_asked_for()
    {
        _tool.Write("notes/.gitignore", "secret.txt\n");
        _tool.Write("notes/secret.txt", "The ostrich cannot fly.");
        _tool.Write("notes/open.txt", "Penguins can swim.");
        _tool.Write("notes/.hidden.txt", "Kiwis are hidden.");
        var some = _tool.Run("find", "bird", "notes", "--json").Succeeds();
        Assert.Single(some.Json);
        Assert.Contains("1 named by ignore files", some.Error, StringComparison.Ordinal);
        Assert.Equal(2, _tool.Run("find", "bird", "notes", "--json", "--no-ignore").Succeeds().Json.Length);
        Assert.Equal(
            [".gitignore", ".hidden.txt", "open.txt"],
            _tool.Run("find", "bird", "notes", "--json", "--hidden").Succeeds().Json
                .Select(hit => Path.GetFileName(hit.GetProperty("path").GetString()))
                .Order(StringComparer.Ordinal));
        Assert.Equal(1, _tool.Run("index", "notes", "--json").Succeeds().Json[0].GetProperty("left_out").GetInt32());
    }

    [Fact]
    public void Dangling_links_are_named_with_exit_code_3()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        _tool.Write("notes/a.txt", "Penguins can swim.");
        File.CreateSymbolicLink(_tool.In("notes/b.txt"), _tool.In("gone.txt"));
        var found = _tool.Run("find", "bird", "notes");
        Assert.Equal(3, found.Code);
        Assert.Contains("which does not exist", found.Error, StringComparison.Ordinal);
    }
}
