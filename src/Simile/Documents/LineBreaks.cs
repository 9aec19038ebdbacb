using Simile.Passages;

namespace Simile.Documents;

/// <summary>Distinguishes meaningful lines from lines wrapped to a width.</summary>
internal static class LineBreaks
{
    /// <summary>True if each line ends a sentence, or if at least half of the lines end although the next word would have fitted.</summary>
    public static bool AreMeant(string text, List<Lines.Line> lines)
    {
        if (lines.Count < 2)
        {
            return false;
        }

        var width = lines.Max(line => line.Length);
        var (meant, sentences) = (0, 0);
        for (var i = 0; i + 1 < lines.Count; i++)
        {
            var next = lines[i + 1].Of(text);
            var space = next.IndexOfAny(' ', '\t');
            var word = space < 0 ? next.Length : space;
            meant += lines[i].Length + 1 + word <= width ? 1 : 0;
            sentences += Sentences.IsEnd(lines[i].Of(text)) ? 1 : 0;
        }

        return sentences == lines.Count - 1 || meant * 2 >= lines.Count - 1;
    }
}
