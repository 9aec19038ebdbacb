using System.Diagnostics;
using System.Text.RegularExpressions;
using Simile.Testing;

namespace EndToEnd.Docs;

/// <summary>What the pages say is true: their links lead somewhere, their ```sh commands run, their ```csharp code compiles.</summary>
public partial class DocsTests
{
    public static IEnumerable<TheoryDataRow<string>> Pages() =>
        Directory.EnumerateFiles(Assets.Repository, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Assets.Repository, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => new TheoryDataRow<string>(Path.GetRelativePath(Assets.Repository, path)));

    public static IEnumerable<TheoryDataRow<string, string>> Commands() =>
        from page in Pages()
        from block in Blocks(page.Data, "sh")
        from line in block.Split('\n')
        where line.StartsWith("./simile", StringComparison.Ordinal)
        select new TheoryDataRow<string, string>(page.Data, line);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_and_paths_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Assets.Repository, page))!;
        var links = Link().Matches(Text(page)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Select(link => Path.Combine(folder, link.Split('#')[0]));
        var paths = RepositoryPath().Matches(Text(page)).Select(match => Path.Combine(Assets.Repository, match.Groups[1].Value));
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

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_stands_in_a_compiled_and_tested_file(string page)
    {
        var compiled = Plain(string.Concat(Directory.EnumerateFiles(Path.Combine(Assets.Repository, "tests", "EndToEnd", "Docs"), "*.cs").Select(File.ReadAllText)));
        Assert.All(Blocks(page, "csharp"), block => Assert.Contains(Plain(block), compiled, StringComparison.Ordinal));
    }

    // The lines of the same block that stand before the command: they may make what it needs.
    private static IEnumerable<string> Preparations(string page, string command) =>
        Blocks(page, "sh").First(block => block.Split('\n').Contains(command)).Split('\n')
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

    private static string Text(string page) => File.ReadAllText(Path.Combine(Assets.Repository, page)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Blocks(string page, string language) =>
        Block().Matches(Text(page)).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value);

    private static string Plain(string code) => WhiteSpace().Replace(code, "");

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|docs|bench|samples|eng)/[\w./-]+)`")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
