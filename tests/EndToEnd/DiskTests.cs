using System.Diagnostics;

namespace EndToEnd;

/// <summary>Full and read-only disks: small file systems in memory, if this machine permits mounting.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly string _disk;

    public DiskTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux mounts a file system in memory.");
        _disk = _tool.In("disk");
        Directory.CreateDirectory(_disk);
        Assert.SkipUnless(TryRun("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _disk), "Mounting is not permitted here.");
        for (var i = 0; i < 300; i++)
        {
            _tool.Write(
                $"notes/{i}.txt", $"This is note {i}, which says that {i * 7} apples and {i * 13} pears were counted on the market.\n");
        }
    }

    public void Dispose()
    {
        TryRun("umount", "-l", _disk);
        _tool.Dispose();
    }

    [Fact]
    public void A_full_disk_ends_indexing_with_a_sentence() =>
        _tool.Run("index", "notes", "--store", Path.Combine(_disk, "s")).FailsWith(1, "full");

    [Fact]
    public void A_full_disk_ends_embedding_with_a_sentence_and_no_file()
    {
        _tool.Write("texts.txt", string.Join('\n', Enumerable.Range(0, 2000).Select(i => $"text {i}")));
        _tool.Run("embed", "texts.txt", "--out", Path.Combine(_disk, "v.npy")).FailsWith(1, "v.npy", "disk is full");
        Assert.Empty(Directory.GetFiles(_disk));
    }

    [Theory]
    [InlineData("hnsw")]
    [InlineData("ivf")]
    [InlineData("flat")]
    public void A_full_disk_ends_building_an_index_with_a_sentence_and_leaves_the_old_one(string type)
    {
        var path = Path.Combine(_disk, "v.simi");
        _tool.Write("texts.txt", string.Join('\n', Enumerable.Range(0, 500).Select(i => $"text {i}")));
        _tool.Write("few.txt", "one text\nand another\n");
        _tool.Run("embed", "texts.txt", "--out", "many.npy").Succeeds();
        _tool.Run("embed", "few.txt", "--out", "few.npy").Succeeds();
        _tool.Run("index", "build", "few.npy", "--output", path, "--type", "flat").Succeeds();
        var old = File.ReadAllBytes(path);
        _tool.Run("index", "build", "many.npy", "--output", path, "--type", type).FailsWith(1, "v.simi");
        Assert.Equal(old, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_disk));
    }

    [Fact]
    public void Find_does_without_its_cache_on_a_full_disk()
    {
        var run = _tool.With("XDG_CACHE_HOME", _disk).Run("find", "7 apples", "notes", "--json").Succeeds();
        Assert.Equal(5, run.Json.Length);
        Assert.Contains("memory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_store_is_searched_but_not_written()
    {
        _tool.Write("few/a.txt", "Penguins are birds that cannot fly.\n");
        Assert.True(TryRun("mount", "-o", "remount,size=64m", _disk));
        var store = Path.Combine(_disk, "s");
        _tool.Run("index", "few", "--store", store).Succeeds();
        Assert.True(TryRun("mount", "-o", "remount,ro", _disk));
        _tool.Run("index", "few", "--store", store).FailsWith(1, "s");
        Assert.Single(_tool.Run("search", "bird", "--store", store, "--json").Succeeds().Json);
    }

    private static bool TryRun(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
