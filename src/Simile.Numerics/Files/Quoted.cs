using System.Globalization;

namespace Simile.Numerics.Files;

/// <summary>Makes text of a file safe to print in a message.</summary>
internal static class Quoted
{
    /// <summary>
    /// Replaces control characters, line breaks and invisible characters by U+FFFD. A terminal would obey them, or they would hide the
    /// rest.
    /// </summary>
    public static string Of(string text) => IsSeen(text) ? text : string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = IsUnseen(text[i]) ? '\uFFFD' : text[i];
        }
    });

    /// <summary>Whether every character is visible. Names of tensors, files and kinds always are.</summary>
    public static bool IsSeen(string text) => !text.Any(IsUnseen);

    private static bool IsUnseen(char c) =>
        char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
