using System.Text;
using Simile.Testing;

namespace Simile.Tests.Sync;

public sealed class SkippedTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void What_is_no_text_is_reported_and_skipped()
    {
        _workshop.Write("good.txt", "Tea is hot.");
        _workshop.Write("picture.txt", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 13]);
        _workshop.Write("archive.txt", [0x1F, 0x8B, 8, 0, 0, 0]);
        _workshop.Write("letters.txt", Convert.ToBase64String([.. Enumerable.Range(0, 900).Select(i => (byte)(i * i * 7))]));
        var report = _workshop.Index();
        Assert.Equal(1, report.Added);
        Assert.Equal(["archive.txt", "letters.txt", "picture.txt"], report.Skipped.Select(s => Path.GetFileName(s.Path)));
        Assert.Contains("archive", report.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Contains("base64", report.Skipped[1].Reason, StringComparison.Ordinal);
        Assert.Contains("picture with the name of a text file", report.Skipped[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_became_binary_is_no_longer_found()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        _workshop.Write("a.txt", [1, 0, 2]);
        var report = _workshop.Index();
        Assert.Equal((1, 1, 0), (report.Skipped.Count, report.Removed, report.Passages));
    }

    [Fact]
    public void Hidden_files_and_folders_are_passed_over_in_silence()
    {
        _workshop.Write(".git/config", "Secret words.");
        _workshop.Write(".hidden", "More of them.");
        _workshop.Write("seen.txt", "Tea is hot.");
        var report = _workshop.Index();
        Assert.Equal((1, 0), (report.Added, report.Skipped.Count));
        Assert.Equal(1, _workshop.Index(_workshop.In(".hidden")).Added);
    }

    [Fact]
    public void The_store_does_not_index_itself()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        var report = _workshop.Index(_workshop.Root);
        Assert.Equal((1, 0), (report.Added, report.Skipped.Count));
    }

    [Fact]
    public void A_file_that_is_too_large_is_reported()
    {
        _workshop.Write("large.txt", new string('a', 2000));
        using var store = Store.OpenTemporary();
        var report = _workshop.Index(store, new SyncOptions { MaxFileBytes = 1000 });
        Assert.Contains("limit", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_followed_once_and_never_in_circles()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        _workshop.Write("a/text.txt", "Tea is hot.");
        var outside = Directory.CreateDirectory(Path.Combine(_workshop.Root, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "far.txt"), "Ice is cold.");
        Directory.CreateSymbolicLink(_workshop.In("a/loop"), _workshop.Files);
        Directory.CreateSymbolicLink(_workshop.In("again"), _workshop.In("a"));
        Directory.CreateSymbolicLink(_workshop.In("far"), outside);
        File.CreateSymbolicLink(_workshop.In("nowhere"), _workshop.In("missing"));
        File.CreateSymbolicLink(_workshop.In("self"), _workshop.In("self"));
        var report = _workshop.Index();
        Assert.Equal(2, report.Added);
        Assert.Contains(_workshop.Search("ice is cold"), hit => hit.Path == _workshop.In("far/far.txt"));
        Assert.Equal(["loop", "nowhere", "self"], report.Skipped.Select(s => Path.GetFileName(s.Path)).Order());
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_reported_and_what_was_known_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        var path = _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        var report = _workshop.Index();
        Assert.Contains("permissions", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.Single(_workshop.Search("tea"));
    }

    [Fact]
    public void Passages_without_a_known_word_are_left_out_and_counted()
    {
        _workshop.Embedder = new BagOfWords { Unknown = "Qqq" };
        var half = _workshop.Write("half.txt", $"{Paragraph("ink")}\n\n{Paragraph("Qqq")}\n\n{Paragraph("ice")}");
        var none = _workshop.Write("none.txt", "Qqq qqq.");
        _workshop.Write("again.txt", "Qqq qqq.");
        var report = _workshop.Index();
        Assert.Equal((1, 2, 2, 3), (report.Added, report.Passages, report.Embedded, report.UnknownPassages));
        Assert.Equal(
            ["again.txt", "half.txt", "none.txt"], report.Skipped.Select(s => Path.GetFileName(s.Path)).Order(StringComparer.Ordinal));
        Assert.All(report.Skipped, skipped => Assert.StartsWith("no known word", skipped.Reason, StringComparison.Ordinal));
        Assert.Contains("1 of 3 passages", report.Skipped.Single(s => s.Path == half).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_workshop.Search("ink", 10), hit => hit.Text.Contains("Qqq", StringComparison.Ordinal));

        _workshop.Write("none.txt", "Tea is hot.");
        report = _workshop.Index();
        Assert.Equal((1, 1, 3, 1), (report.Added, report.Unchanged, report.Passages, report.UnknownPassages));
        _workshop.Write("none.txt", "Qqq.");
        report = _workshop.Index();
        Assert.Equal((0, 1, 2, 2), (report.Updated, report.Removed, report.Passages, report.UnknownPassages));
        Assert.Contains(none, report.Skipped.Select(s => s.Path));
    }

    // Three letters of a word are three tokens: too many for two paragraphs in one passage.
    private static string Paragraph(string word) => string.Join(' ', Enumerable.Repeat(word, 35)) + ".";
}
