using System.Globalization;

namespace Simile.Numerics.Files;

/// <summary>Text of a file as a message can hold it.</summary>
internal static class Quoted
{
    /// <summary>The text with U+FFFD for controls, line breaks and what is not seen, which a terminal would obey or that would hide what follows.</summary>
    public static string Of(string text) => IsSeen(text) ? text : string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = IsUnseen(text[i]) ? '\uFFFD' : text[i];
        }
    });

    /// <summary>Whether all of the text can be seen; names of tensors, files and kinds always can.</summary>
    public static bool IsSeen(string text) => !text.Any(IsUnseen);

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
