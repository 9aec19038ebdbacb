namespace Simile.Cli;

/// <summary>Names and messages as a screen may be shown them.</summary>
internal static class Visible
{
    /// <summary>The text with a sign in the place of every control character: a file's name may hold a line's end, or what would colour or clear the screen.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 && text.AsSpan().IndexOfAnyInRange('\x7F', '\x9F') < 0
        ? text
        : string.Create(text.Length, text, (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i] switch
                {
                    < ' ' => (char)('\u2400' + source[i]), // ␀ to ␟
                    '\x7F' => '\u2421',
                    > '\x7F' and <= '\x9F' => '\uFFFD',
                    var plain => plain,
                };
            }
        });
}
