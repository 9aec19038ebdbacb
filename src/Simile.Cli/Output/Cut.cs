using Spectre.Console;

namespace Simile.Cli;

/// <summary>Shortens text to a screen width. A Chinese character takes two columns.</summary>
internal static class Cut
{
    /// <summary>The text on one line, shortened with … if it is wider than <paramref name="width"/> columns.</summary>
    public static string ToWidth(string text, int width)
    {
        var line = OneLine(text);
        if (line.Length * 2 <= width || line.GetCellWidth() <= width)
        {
            return line;
        }

        var used = 0;
        var end = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used > width - 1)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return line[..end] + "…";
    }

    /// <summary>
    /// The end of a path, with … in front if it is wider than <paramref name="width"/> columns: the file name matters most.
    /// </summary>
    public static string LeftToWidth(string path, int width)
    {
        if (path.Length * 2 <= width || path.GetCellWidth() <= width)
        {
            return path;
        }

        var used = 0;
        var start = path.Length;
        foreach (var rune in path.EnumerateRunes().Reverse())
        {
            used += rune.ToString().GetCellWidth();
            if (used > width - 1)
            {
                break;
            }

            start -= rune.Utf16SequenceLength;
        }

        return "…" + path[start..];
    }

    /// <summary>The text with each run of white space and control characters as one blank.</summary>
    public static string OneLine(string text)
    {
        var line = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
