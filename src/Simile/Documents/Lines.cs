namespace Simile.Documents;

/// <summary>Lines of a text. Each ends with LF, CR LF or CR, which are not part of it.</summary>
internal static class Lines
{
    public readonly record struct Line(int Start, int End)
    {
        public int Length => End - Start;

        public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Length);
    }

    public static IEnumerable<Line> Of(string text, int begin = 0)
    {
        var start = begin;
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            yield return new Line(start, end);
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    /// <summary>A line, trimmed.</summary>
    public static Line Trim(string text, Line line)
    {
        var (start, end) = line;
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return new Line(start, end);
    }
}
