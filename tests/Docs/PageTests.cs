using System.Diagnostics;
using System.Text.RegularExpressions;
using Simile.Testing;

namespace Docs;

/// <summary>The pages are correct: links work, ```sh commands run, and the code in the table for Python users is compiled.</summary>
public partial class PageTests
{
    public static IEnumerable<TheoryDataRow<string>> Pages() => Page.All().Select(page => new TheoryDataRow<string>(page));

    public static IEnumerable<TheoryDataRow<string, string>> Commands() =>
        from page in Pages()
        from block in Shells(page.Data)
        from line in block.Split('\n')
        where line.StartsWith("./simile", StringComparison.Ordinal)
        select new TheoryDataRow<string, string>(page.Data, line);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_and_paths_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Assets.Repository, page))!;
        var links = Link().Matches(Page.Text(page)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Select(link => Path.Combine(folder, link.Split('#')[0]));
        var paths = RepositoryPath().Matches(Page.Text(page)).Select(match => Path.Combine(Assets.Repository, match.Groups[1].Value));
        Assert.DoesNotContain(links.Concat(paths), path => !Path.Exists(path));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Commands_run(string page, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The pages' commands are for a POSIX shell.");
        var folder = Assets.NewFolder();
        File.CreateSymbolicLink(Path.Combine(folder, "simile"), Path.Combine(Assets.Repository, "simile"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "samples"), Path.Combine(Assets.Repository, "samples"));
        try
        {
            foreach (var earlier in Preparations(page, command).Append(command))
            {
                var (code, errors) = Shell(earlier, folder);
                Assert.True(code == 0, $"{page}: {earlier}\nended with {code}: {errors}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_table_of_Python_is_made_of_code_that_runs()
    {
        const string Python = "docs/csharp/python.md";
        var programs = Plain(string.Concat(Page.Blocks(Python).Where(block => block.Language == "csharp").Select(block => block.Code)));
        var cells = Row().Matches(Page.Text(Python)).SelectMany(row => CodeSpan().Matches(row.Groups[1].Value))
            .Select(span => span.Groups[1].Value).ToArray();
        Assert.True(cells.Length > 30);
        Assert.All(cells, cell => Assert.Contains(Plain(cell), programs, StringComparison.Ordinal));
    }

    // Earlier lines of the same block, which may create what the command needs.
    private static IEnumerable<string> Preparations(string page, string command) =>
        Shells(page).First(block => block.Split('\n').Contains(command)).Split('\n')
            .TakeWhile(line => line != command)
            .Where(line => line.Length > 0 && !line.StartsWith('#'));

    private static (int Code, string Errors) Shell(string command, string folder)
    {
        var start = new ProcessStartInfo("sh") { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        return (process.ExitCode, errors);
    }

    private static IEnumerable<string> Shells(string page) =>
        Page.Blocks(page).Where(block => block.Language == "sh").Select(block => block.Code);

    private static string Plain(string code) => WhiteSpace().Replace(code, "");

    [GeneratedRegex(@"^\| `.* \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|docs|bench|samples|eng)/[\w./-]+)`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
