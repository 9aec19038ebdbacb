using System.Text.RegularExpressions;
using Simile.Testing;

namespace Docs;

/// <summary>A block of a page, and the text block directly after it: its output.</summary>
/// <param name="Language">The word after the three backticks.</param>
/// <param name="Line">The line of the page where it starts, from 1.</param>
/// <param name="Code">Its lines.</param>
/// <param name="Output">The lines of the ```text block after it; null if there is none.</param>
internal sealed record Block(string Language, int Line, string Code, string? Output);

/// <summary>The pages of the repository and their blocks.</summary>
internal static partial class Page
{
    private static readonly Lock Approving = new();

    /// <summary>README and the other pages beside it, docs, and the readme of each package: paths from the root, with slashes.</summary>
    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Assets.Repository, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Assets.Repository, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Assets.Repository, "src"))
                .Select(project => Path.Combine(project, "README.md"))
                .Where(File.Exists))
            .Select(path => Path.GetRelativePath(Assets.Repository, path).Replace('\\', '/'));

    public static string Text(string page) => File.ReadAllText(Path.Combine(Assets.Repository, page)).ReplaceLineEndings("\n");

    public static IReadOnlyList<Block> Blocks(string page)
    {
        var text = Text(page);
        var matches = Fence().Matches(text);
        return [.. matches.Select((match, i) => new Block(match.Groups[1].Value, Line(text, match.Index), match.Groups[2].Value, Output(
            text, match, i + 1 < matches.Count ? matches[i + 1] : null)))];
    }

    /// <summary>The blocks that are programs.</summary>
    public static IReadOnlyList<Block> Programs(string page) => [.. Blocks(page).Where(block => block.Language == "csharp")];

    /// <summary>With SIMILE_APPROVE=1, writes an output to the page, in place of the text block after a block.</summary>
    public static bool Approve(string page, Block block, string output)
    {
        if (Environment.GetEnvironmentVariable("SIMILE_APPROVE") != "1")
        {
            return false;
        }

        lock (Approving)
        {
            var text = Text(page);
            var at = text.IndexOf(block.Code, StringComparison.Ordinal) + block.Code.Length;
            var old = text.IndexOf(block.Output!, at, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(Assets.Repository, page), $"{text[..old]}{output}\n{text[(old + block.Output!.Length)..]}");
        }

        return true;
    }

    private static int Line(string text, int at) => 1 + text.AsSpan(0, at).Count('\n');

    private static string? Output(string text, Match block, Match? next) =>
        next is { } output && output.Groups[1].Value == "text"
        && string.IsNullOrWhiteSpace(text[(block.Index + block.Length)..output.Index])
            ? output.Groups[2].Value
            : null;

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
