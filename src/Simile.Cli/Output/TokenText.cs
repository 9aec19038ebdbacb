using System.Buffers;
using System.Globalization;
using System.Text;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>Formats tokens for people, with signs for spaces, control characters and stray bytes.</summary>
internal sealed class TokenText
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _hasBytes;

    public TokenText(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        try
        {
            tokenizer.DecodeBytes([]);
            _hasBytes = true;
        }
        catch (NotSupportedException)
        {
        }
    }

    /// <summary>A token for display: ␣ a space, ↵ a line break, ⇥ a tab, ‹E4› a byte that is not a character by itself.</summary>
    public string Show(int id, string token)
    {
        var shown = new StringBuilder();
        if (_hasBytes && _tokenizer.IdToToken(id) is not null)
        {
            ShowBytes(_tokenizer.DecodeBytes([id]), shown);
        }
        else if (token is ['<', '0', 'x', var high, var low, '>'] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low))
        {
            shown.Append('‹').Append(high).Append(low).Append('›');
        }
        else
        {
            foreach (var rune in token.EnumerateRunes())
            {
                Show(rune, shown);
            }
        }

        return shown.Length == 0 ? "∅" : shown.ToString();
    }

    private static void ShowBytes(ReadOnlySpan<byte> bytes, StringBuilder shown)
    {
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
            {
                Show(rune, shown);
            }
            else
            {
                consumed = 1;
                shown.Append(CultureInfo.InvariantCulture, $"‹{bytes[0]:X2}›");
            }

            bytes = bytes[consumed..];
        }
    }

    private static void Show(Rune rune, StringBuilder shown)
    {
        switch (rune.Value)
        {
            case ' ' or '▁':
                shown.Append('␣');
                break;
            case '\n':
                shown.Append('↵');
                break;
            case '\t':
                shown.Append('⇥');
                break;
            default:
                var category = Rune.GetUnicodeCategory(rune);
                var isVisible = category
                    is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
                shown.Append(category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? "◌" : string.Empty);
                shown.Append(isVisible ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›"));
                break;
        }
    }
}
