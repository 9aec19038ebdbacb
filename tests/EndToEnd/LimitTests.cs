namespace EndToEnd;

/// <summary>Limits of a shell (ulimit), its current folder and its signals.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly Tool _tool = new();

    public LimitTests() => _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("-n 40", "ulimit -n")]
    [InlineData("-n 100", "ulimit -n")]
    [InlineData("-n 200", "ulimit -n")]
    [InlineData("-v 1500000", "ulimit -v")]
    [InlineData("-v 3000000", "ulimit -v")]
    public void A_limit_that_nothing_runs_under_is_said(string limit, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are Linux's.");
        foreach (var command in (string[])["find bird notes", "index notes --store s", "embed notes/a.txt", "models list"])
        {
            _tool.RunShell($"ulimit {limit}; exec dotnet \"$SIMILE\" {command}").FailsWith(1, words);
        }

        Assert.False(Directory.Exists(_tool.In("s")));
    }

    [Fact]
    public void Few_files_that_suffice_are_enough()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are Linux's.");
        Assert.Contains(
            "a.txt", _tool.RunShell("ulimit -n 256; exec dotnet \"$SIMILE\" find bird notes").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_grow_is_a_sentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are Linux's.");
        _tool.RunShell("ulimit -f 1; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$SIMILE\" embed notes/a.txt --out v.npy")
            .FailsWith(1, "ulimit -f");
        Assert.Empty(Directory.GetFiles(_tool.Folder));
    }

    [Theory]
    [InlineData("find bird .")]
    [InlineData("index notes")]
    [InlineData("embed a.txt")]
    [InlineData("similarity a b")]
    public void A_current_folder_that_is_gone_is_said(string command) =>
        _tool.RunShell($"mkdir gone; cd gone; rmdir ../gone; exec dotnet \"$SIMILE\" {command}")
            .FailsWith(1, "current folder has been deleted");

    [Theory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_leaves_no_half_a_file(string signal, int code)
    {
        using var process = _tool.Start("embed", "--out", "v.npy");
        process.StandardInput.WriteLine("a text");
        SpinWait.SpinUntil(() => process.HasExited || Directory.GetFiles(_tool.Folder).Length > 0);
        Tool.Signal(process, signal);
        Assert.Equal(code, Tool.End(process));
        Assert.Empty(Directory.GetFiles(_tool.Folder));
    }

    [Fact]
    public void Under_nohup_a_terminal_that_closes_ends_nothing() =>
        Assert.EndsWith("ended 0\n", _tool.RunShell("trap '' HUP; (sleep 1; echo a text) | dotnet \"$SIMILE\" embed --out v.npy & job=$!; "
            + "kill -HUP $job; wait $job; echo ended $?").Output, StringComparison.Ordinal);
}
