namespace Simile.Documents;

/// <summary>The front matter of a Markdown text: YAML between lines of three hyphens, or TOML between lines of three plus signs.</summary>
internal static class FrontMatter
{
    /// <summary>The offset after the front matter; 0 if there is none.</summary>
    public static int EndOf(string text)
    {
        string? fence = null;
        foreach (var line in Lines.Of(text))
        {
            var content = line.Of(text).TrimEnd();
            if (fence is null)
            {
                fence = content is "---" ? "---" : content is "+++" ? "+++" : null;
                if (fence is null)
                {
                    return 0;
                }
            }
            else if (content.SequenceEqual(fence) || (fence == "---" && content is "..."))
            {
                return line.End;
            }
        }

        return 0;
    }

    /// <summary>The lines between the fences as one row; null if they are empty.</summary>
    public static Block? Read(string text, int end)
    {
        var lines = Lines.Of(text[..end]).Select(line => Lines.Trim(text, line)).Where(line => line.Length > 0).ToList();
        if (lines.Count < 3)
        {
            return null;
        }

        var inside = lines.GetRange(1, lines.Count - 2);
        var row = string.Join('\n', inside.Select(line => text[line.Start..line.End]));
        return new Block(BlockKind.Row, row.AsMemory(), inside[0].Start, inside[^1].End);
    }
}
