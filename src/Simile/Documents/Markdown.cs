namespace Simile.Documents;

/// <summary>The little of Markdown that matters for cutting: its headings (CommonMark 4.2 and 4.3).</summary>
internal static class Markdown
{
    public static bool IsHeading(ReadOnlySpan<char> line)
    {
        var level = line.IndexOfAnyExcept('#');
        return level is >= 1 and <= 6 && char.IsWhiteSpace(line[level]);
    }

    public static bool IsUnderline(ReadOnlySpan<char> line) => line.Length >= 2 && (!line.ContainsAnyExcept('=') || !line.ContainsAnyExcept('-'));
}
