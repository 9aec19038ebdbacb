using Simile.Storage;
using Simile.Testing;

namespace Simile.Tests;

public sealed class CacheBoundTests : IDisposable
{
    private readonly string _root = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_folders_used_longest_ago_are_deleted_until_the_others_fit()
    {
        for (var i = 0; i < 5; i++)
        {
            var store = Directory.CreateDirectory(Path.Combine(_root, $"{i}"));
            File.WriteAllBytes(Path.Combine(store.FullName, "store.db"), new byte[1000]);
            store.LastWriteTimeUtc = new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc);
        }

        CacheFolders.Touch(Path.Combine(_root, "1"));
        using (File.Open(Path.Combine(_root, "2", WriterLock.FileName), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            CacheFolders.Trim(_root, Path.Combine(_root, "0"), 3500);
            Assert.Equal(["0", "1", "2"], Directory.GetDirectories(_root).Select(Path.GetFileName).Order());
        }

        CacheFolders.Trim(_root, Path.Combine(_root, "0"), 0);
        Assert.Equal(["0"], Directory.GetDirectories(_root).Select(Path.GetFileName));
        Assert.Equal(1000, CacheFolders.Clear(_root));
        Assert.Empty(Directory.GetDirectories(_root));
    }
}
