using Simile.Testing;

namespace Docs;

/// <summary>Lines of code are short enough to be read side by side.</summary>
public sealed class LineTests
{
    private const int Longest = 140;

    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["src/Simile/Documents/Encodings/LetterModel.cs"] = "Letters by frequency, one literal per language: a data table.",
        ["src/Simile.Cli/Verbs/CompletionsVerb.cs"] = "Scripts of shells, printed as they are.",
        ["tests/Simile.Tokenizers.Tests/ByteLevelTests.cs"] = "A pattern in JSON, whose strings cannot be split.",
    };

    public static IEnumerable<TheoryDataRow<string>> Folders() =>
        new[] { "src", "tests", "bench", "eng", "samples" }.Select(folder => new TheoryDataRow<string>(folder));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_line_of_code_has_at_most_140_characters(string folder)
    {
        var tooLong = from path in Directory.EnumerateFiles(Path.Combine(Assets.Repository, folder), "*.cs", SearchOption.AllDirectories)
                      let name = Path.GetRelativePath(Assets.Repository, path).Replace('\\', '/')
                      where !Exceptions.ContainsKey(name)
                      from line in File.ReadLines(path).Index()
                      where line.Item.Length > Longest
                      select $"{name}:{line.Index + 1} has {line.Item.Length} characters";
        Assert.True(!tooLong.Any(), string.Join('\n', tooLong));
    }

    [Fact]
    public void Every_exception_is_still_needed() => Assert.All(Exceptions.Keys, name =>
        Assert.Contains(File.ReadLines(Path.Combine(Assets.Repository, name)), line => line.Length > Longest));
}
