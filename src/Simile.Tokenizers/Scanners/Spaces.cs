namespace Simile.Tokenizers.Scanners;

/// <summary>White space that does not start a word.</summary>
internal static class Spaces
{
    /// <summary>\s+(?!\S)|\s+: the whole run at the end of the text, otherwise all but its last character.</summary>
    public static int End(ReadOnlySpan<char> text, int from)
    {
        var end = CharacterKinds.EndOfRun(text, from, Kinds.Space);
        return end == text.Length || end - from == 1 ? end : end - 1;
    }

    /// <summary>\s*[\r
    /// ]+|\s+(?!\S)|\s+: up to the last line break, if any.</summary>
    public static int EndWithLines(ReadOnlySpan<char> text, int from)
    {
        var end = CharacterKinds.EndOfRun(text, from, Kinds.Space);
        var line = text[from..end].LastIndexOfAny('\r', '\n');
        return line >= 0 ? from + line + 1 : end == text.Length || end - from == 1 ? end : end - 1;
    }
}
