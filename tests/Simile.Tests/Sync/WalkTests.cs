using System.Diagnostics;
using System.Text;
using Simile.Sync;
using Simile.Testing;

namespace Simile.Tests.Sync;

public sealed class WalkTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose()
    {
        // .NET cannot delete what it cannot name.
        if (OperatingSystem.IsLinux())
        {
            Shell("rm -rf ./*");
        }

        _workshop.Dispose();
    }

    [Fact]
    public void Names_that_are_not_UTF8_are_read_and_known_the_next_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no such names.");
        foreach (var script in Directory.EnumerateFiles(Assets.Require("cases/non-utf8-filename"), "*.sh"))
        {
            Shell($"sh '{script}'; find t -exec touch -d '1 hour ago' {{}} +");
            var report = _workshop.Index();
            Assert.Equal((3, 0), (report.Added, report.Skipped.Count));
            Assert.Equal(_workshop.In("t/caf\\xE9.txt"), _workshop.Search("coffee roasting")[0].Path);
            Assert.Equal(_workshop.In("t/d\\xFF/in.txt"), _workshop.Search("glaciers")[0].Path);
            Assert.Equal(3, _workshop.Index().Unchanged);
        }
    }

    [Fact]
    public void A_picture_whose_name_is_not_UTF8_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no such names.");
        Shell("printf ok > \"$(printf 'a\\351.png')\"");
        Assert.Contains(
            "rename", Assert.Single(_workshop.IndexMedia(new FirstBytes(), new FirstBytes()).Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Dangling_links_are_called_so_in_folders_and_by_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        _workshop.Write("a.txt", "Tea is hot.");
        File.CreateSymbolicLink(_workshop.In("gone.txt"), _workshop.In("nowhere"));
        File.CreateSymbolicLink(_workshop.In("through.txt"), _workshop.In("gone.txt"));
        Assert.All(
            _workshop.Index().Skipped,
            skipped => Assert.Contains("nowhere, which does not exist", skipped.Reason, StringComparison.Ordinal));
        Assert.Equal(2, _workshop.Index().Skipped.Count);
        Assert.Contains(
            "which does not exist", Assert.Single(_workshop.Index(_workshop.In("gone.txt")).Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_is_named_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs mkfifo.");
        _workshop.Write("a.txt", "Tea is hot.");
        Shell("mkfifo pipe.txt; ln -s pipe.txt link.txt; ln -s /dev/zero zero");
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_workshop.In("socket")));
        var report = _workshop.Index();
        Assert.Equal(1, report.Passages);
        Assert.Equal(["link.txt", "pipe.txt", "socket", "zero"], report.Skipped.Select(s => Path.GetFileName(s.Path)).Order());
    }

    [Fact]
    public void Entries_that_cannot_be_looked_at_are_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs paths that are too long.");
        _workshop.Write("a.txt", "Tea is hot.");
        var half = string.Join('/', Enumerable.Repeat(new string('n', 250), 9));
        Shell($"mkdir -p {half} ../{half}; echo lost > ../{half}/lost.txt; mv ../{half[..250]} {half}/");
        var report = _workshop.Index();
        Assert.Equal(1, report.Passages);
        Assert.NotEmpty(report.Skipped);
    }

    [Fact]
    public void Files_without_a_length_are_read_to_their_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        Assert.True(_workshop.Index("/proc/cpuinfo").Passages > 0);
        Assert.Contains(
            "limit", Assert.Single(Index(["/dev/zero"], new() { MaxFileBytes = 1 << 20 }).Skipped).Reason, StringComparison.Ordinal);
        Assert.Empty(_workshop.Index("/dev/null").Skipped);
    }

    [Fact]
    public void A_pipe_that_is_named_is_read_and_its_waiting_can_be_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs mkfifo.");
        Shell("mkfifo pipe");
        using var writer = Start("echo Tea is hot. > pipe");
        Assert.Equal(1, _workshop.Index(_workshop.In("pipe")).Passages);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var store = Store.OpenTemporary();
        Assert.ThrowsAny<OperationCanceledException>(
            () => _workshop.Index(store, new WorkshopModel(_workshop.Embedder), new SyncOptions(), [_workshop.In("pipe")], stop.Token));
        using var release = Start("echo done > pipe");
    }

    [Fact]
    public void Ignore_files_are_honoured_and_counted()
    {
        _workshop.Write(".gitignore", "*.log\n/build/\n!keep.log\n");
        _workshop.Write("sub/.gitignore", "!again.log\nsecret*\n");
        _workshop.Write("sub/.simileignore", "drafts\n");
        _workshop.Write(".ignore", "data.csv\n");
        foreach (var name in new[]
        {
            "a.log", "keep.log", "build/out.txt", "sub/again.log", "sub/secret.txt", "sub/build/in.txt", "sub/drafts/x.txt", "data.csv",
            "seen.txt",
        })
        {
            _workshop.Write(name, $"Words of {name}.");
        }

        var report = _workshop.Index();
        Assert.Equal(["keep.log", "seen.txt", "sub/again.log", "sub/build/in.txt"], Known());
        Assert.Equal(5, report.LeftOut.Ignored);
        Assert.Equal(9, Index([_workshop.Files], new() { ReadIgnored = true }).Added);
        Assert.Equal(13, Index([_workshop.Files], new() { ReadIgnored = true, ReadHidden = true }).Added);
        Assert.Equal(1, _workshop.Index(_workshop.In("a.log")).Added);
    }

    [Fact]
    public void A_file_that_comes_to_be_ignored_goes_away()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        _workshop.Write(".gitignore", "a.txt\n");
        Assert.Equal((1, 0), (_workshop.Index().Removed, _workshop.Index().Passages));
    }

    [Fact]
    public void Rules_of_the_repository_hold_in_its_folders_too()
    {
        _workshop.Write(".git/info/exclude", "*.tmp\n");
        _workshop.Write(".gitignore", "/src/gen/\n*.log\n");
        foreach (var name in new[] { "src/a.txt", "src/b.log", "src/c.tmp", "src/gen/d.txt" })
        {
            _workshop.Write(name, $"Words of {name}.");
        }

        var report = _workshop.Index(_workshop.In("src"));
        Assert.Equal(["src/a.txt"], Known());
        Assert.Equal(3, report.LeftOut.Ignored);
    }

    [Fact]
    public void Generated_files_are_left_out_and_counted()
    {
        _workshop.Write("node_modules/x/readme.md", "Words.");
        _workshop.Write("lib/jquery.min.js", "var a;");
        _workshop.Write("package-lock.json", "{}");
        _workshop.Write("model.pb.go", "// Code");
        _workshop.Write("marked.cs", "// <auto-generated/>\nclass C;");
        _workshop.Write("packed.js", string.Concat(Enumerable.Repeat("var a=function(b,c){return b+c};", 400)));
        _workshop.Write("mine.js", "var a = 1; // generated by hand");
        var report = _workshop.Index();
        Assert.Equal(["mine.js"], Known());
        Assert.Equal((1, 5), (report.LeftOut.Folders, report.LeftOut.Generated));
        Assert.Equal(1, _workshop.Index(_workshop.In("marked.cs")).Added);
    }

    [Fact]
    public void What_was_noticed_in_a_file_is_reported()
    {
        _workshop.Write("ru.txt", Simile.Documents.Encodings.TextEncodings.Named("windows-1251")!.GetBytes("Какая птица не умеет летать?"));
        var remark = Assert.Single(_workshop.Index().Remarks);
        Assert.Contains("windows-1251", remark.Text, StringComparison.Ordinal);
        Assert.Empty(_workshop.Index().Remarks);
        var report = Index([_workshop.Files], new() { Encoding = "koi8-r" });
        Assert.Equal((1, 0), (report.Added, report.Remarks.Count));
        Assert.Throws<ArgumentException>(() => Index([_workshop.Files], new() { Encoding = "klingon" }));
    }

    private SyncReport Index(string[] paths, SyncOptions options)
    {
        using var store = Store.OpenTemporary();
        options.Validate();
        return _workshop.Index(store, options, paths);
    }

    private string[] Known()
    {
        using var connection =
            new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_workshop.StoreFolder, "store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT path FROM files ORDER BY path";
        using var reader = command.ExecuteReader();
        var paths = new List<string>();
        while (reader.Read())
        {
            paths.Add(Path.GetRelativePath(_workshop.Files, reader.GetString(0)).Replace('\\', '/'));
        }

        return [.. paths];
    }

    private void Shell(string command)
    {
        using var shell = Start(command);
        shell.WaitForExit();
    }

    private Process Start(string command) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _workshop.Files })!;
}
