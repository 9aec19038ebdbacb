using Simile.Testing;

namespace EndToEnd;

/// <summary>simile store vacuum, backup; simile cache clear.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Vacuum_gives_back_the_disk_of_removed_files_and_backup_copies_a_store()
    {
        for (var i = 0; i < 40; i++)
        {
            _tool.Write($"notes/{i}.txt", string.Concat(
                Enumerable.Range(0, 60).Select(line => $"Remark {line} of file {i}, which is long enough for a passage.\n\n")));
        }

        _tool.Write("notes/birds.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("index", "notes").Succeeds();
        for (var i = 0; i < 40; i++)
        {
            File.Delete(Path.Combine(_tool.Folder, "notes", $"{i}.txt"));
        }

        _tool.Run("index", "notes").Succeeds();
        var vacuumed = _tool.Run("store", "vacuum", "--json").Succeeds().Json[0];
        Assert.True(
            vacuumed.GetProperty("bytes_after").GetInt64() < vacuumed.GetProperty("bytes_before").GetInt64() / 2, vacuumed.ToString());
        _tool.Run("store", "backup", "--out", "copy.simile").Succeeds();
        _tool.Run("store", "check", "--store", "copy.simile").Succeeds();
        Assert.Contains(
            "Penguins", _tool.Run("search", "which bird cannot fly", "--store", "copy.simile").Succeeds().Output, StringComparison.Ordinal);
        _tool.Run("store", "backup", "--out", "copy.simile").FailsWith(1, "copy.simile");
        _tool.Run("store", "vacuum", "--store", "nowhere").FailsWith(1, "nowhere");
    }

    [Fact]
    public void Clear_deletes_what_find_keeps()
    {
        _tool.Write("notes/birds.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("find", "bird", "notes").Succeeds();
        Assert.True(_tool.Run("cache", "clear", "--json").Succeeds().Json[0].GetProperty("bytes").GetInt64() > 10_000);
        Assert.Equal(0, _tool.Run("cache", "clear", "--json").Succeeds().Json[0].GetProperty("bytes").GetInt64());
        Assert.Contains("Penguins", _tool.Run("find", "bird", "notes").Succeeds().Output, StringComparison.Ordinal);
    }
}
