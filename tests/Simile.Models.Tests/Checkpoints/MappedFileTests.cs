using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests;

public sealed class MappedFileTests : IDisposable
{
    private const int Size = 4_000_001;

    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pages_that_are_given_back_leave_the_memory_and_read_the_same_afterwards()
    {
        var (path, bytes) = Write();
        using var file = new MappedFile(path);
        Assert.Equal(bytes, file.Slice(0, Size).ToArray());
        Assert.InRange(ResidentPages.Bytes(path), Size / 2, long.MaxValue);
        file.GiveBackPages();
        Assert.Equal(0, ResidentPages.Bytes(path));
        Assert.Equal(bytes, file.Slice(0, Size).ToArray());
    }

    [Fact]
    public void A_file_that_is_closed_or_empty_has_no_pages_to_give()
    {
        var file = new MappedFile(Write().Path);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(file.GiveBackPages);

        var path = Path.Combine(_folder, "empty");
        File.WriteAllBytes(path, []);
        using var empty = new MappedFile(path);
        empty.GiveBackPages();
    }

    private (string Path, byte[] Bytes) Write()
    {
        var bytes = new byte[Size];
        new Random(1).NextBytes(bytes);
        var path = Path.Combine(_folder, "bytes");
        File.WriteAllBytes(path, bytes);
        return (path, bytes);
    }
}
