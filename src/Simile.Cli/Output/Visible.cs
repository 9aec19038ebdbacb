namespace Simile.Cli;

/// <summary>Makes names and messages safe for a terminal.</summary>
internal static class Visible
{
    /// <summary>Replaces control characters by visible signs. A file name may contain line breaks or escape sequences.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 && text.AsSpan().IndexOfAnyInRange('\x7F', '\x9F') < 0
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
