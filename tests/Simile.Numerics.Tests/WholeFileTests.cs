using System.Runtime.Versioning;
using Simile.Numerics.Files;
using Simile.Testing;

namespace Simile.Numerics.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    private string Target => Path.Combine(_folder, "x.out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_appears_when_it_is_committed_and_not_before()
    {
        using (var file = new WholeFile(Target))
        {
            file.Stream.Write("half"u8);
        }

        Assert.Empty(Directory.GetFiles(_folder));
        WholeFile.Write(Target, stream => stream.Write("whole"u8));
        Assert.Equal("whole", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Of_several_who_write_at_once_the_last_one_remains()
    {
        using (WholeFile first = new(Target), second = new(Target))
        {
            first.Stream.Write("first"u8);
            second.Stream.Write("second"u8);
            second.Commit();
            using var reader = new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.Read);
            first.Commit();
        }

        Assert.Equal("first", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_leftover_goes_and_what_only_looks_like_one_stays()
    {
        foreach (var name in new[] { "x.out.0123abcd.new", "x.out.new", "x.out.notdigit.new", "y.out.0123abcd.new" })
        {
            File.WriteAllText(Path.Combine(_folder, name), "left");
        }

        using var other = new WholeFile(Target);
        using (var file = new WholeFile(Target))
        {
            file.Commit();
        }

        Assert.Equal(
            ["x.out", Path.GetFileName(other.Stream.Name), "x.out.new", "x.out.notdigit.new", "y.out.0123abcd.new"],
            Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
                .OrderBy(name => name != "x.out").ThenBy(name => name != Path.GetFileName(other.Stream.Name)));
    }

    [Fact]
    public void A_file_passes_on_its_permissions()
    {
        File.WriteAllText(Target, "old");
        foreach (var mode in new[]
        {
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            (UnixFileMode)Convert.ToInt32("664", 8),
            UnixFileMode.UserRead,
        })
        {
            File.SetUnixFileMode(Target, mode);
            WholeFile.Write(Target, stream => stream.Write("new"u8));
            Assert.Equal(mode, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public void What_is_private_is_so_while_it_is_written()
    {
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = new WholeFile(Target);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Stream.Name));
    }

    [Fact]
    public void A_link_stays_one_and_what_it_leads_to_is_replaced()
    {
        var (real, link) = (Path.Combine(_folder, "real", "file"), Path.Combine(_folder, "link"));
        Directory.CreateDirectory(Path.GetDirectoryName(real)!);
        File.CreateSymbolicLink(Target, "link");
        File.CreateSymbolicLink(link, "real/file");
        for (var i = 0; i < 2; i++)
        {
            WholeFile.Write(Target, stream => stream.Write("new"u8));
            Assert.Equal(("link", "real/file"), (new FileInfo(Target).LinkTarget, new FileInfo(link).LinkTarget));
            Assert.Equal("new", File.ReadAllText(real));
            Assert.Single(Directory.GetFiles(Path.Combine(_folder, "real")));
        }
    }

    [Fact]
    public void Long_names_and_strange_ones_are_written()
    {
        foreach (var name in new[]
        {
            new string('n', 255), new string('é', 127), string.Concat(Enumerable.Repeat("😀", 60)), "*?[x]", " ", "-",
        })
        {
            var path = Path.Combine(_folder, name);
            WholeFile.Write(path, stream => stream.Write("new"u8));
            WholeFile.Write(path, stream => stream.Write("new"u8));
            Assert.Equal([path], Directory.GetFiles(_folder));
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Assert.Contains("folder", Assert.Throws<IOException>(() => new WholeFile(_folder)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => new WholeFile(Path.Combine(_folder, "no", "x")));
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("device", Assert.Throws<IOException>(() => new WholeFile("/dev/null")).Message, StringComparison.Ordinal);
        }
    }
}
