using System.Text.RegularExpressions;
using Simile.Documents;

namespace Simile.Passages;

/// <summary>Recognizes titles without markup among short lines: in plain text, and in paragraphs used as headings.</summary>
internal static partial class Titles
{
    // A longer sequence is a list.
    private const int MostInARow = 3;

    /// <summary>The number of last fragments that are titles of the block below them.</summary>
    public static int Before(string document, List<Block> fragments, Block below)
    {
        if (fragments.Count == 1)
        {
            return IsTitle(fragments[0]) ? 1 : 0;
        }

        var count = 0;
        while (count < fragments.Count && IsTitle(fragments[^(count + 1)])
            && StandsApart(document, fragments, fragments.Count - 1 - count, below))
        {
            count++;
        }

        return count <= MostInARow ? count : 1;
    }

    /// <summary>Whether a short line is a title although it ends with a full stop: in capitals, or "Chapter I."</summary>
    public static bool IsCapital(Block block)
    {
        var text = block.Text.Span;
        return IsTitle(block) && (Numbered().IsMatch(text) || (HasUpper(text) && !HasLower(text)));
    }

    // A line on its own that is not a list item.
    private static bool IsTitle(Block fragment)
    {
        var text = fragment.Text.Span;
        return fragment.Kind == BlockKind.Prose && !text.ContainsAny('\n', '\r') && !IsItem(text);
    }

    private static bool IsItem(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] is '-' or '*' or '+' or '•' or '–' or '·' or '‣' or '▪' or '◦' or '>' or '|'
        && char.IsWhiteSpace(text[1]);

    // With empty lines above and below; paragraphs of web pages always have them.
    private static bool StandsApart(string document, List<Block> fragments, int i, Block below)
    {
        var next = i + 1 < fragments.Count ? fragments[i + 1] : below;
        return (i == 0 || HasEmptyLine(document, fragments[i - 1], fragments[i])) && HasEmptyLine(document, fragments[i], next);
    }

    private static bool HasEmptyLine(string document, Block above, Block below) =>
        above.Places is not null || LineEnds(document.AsSpan(above.End, Math.Max(0, below.Start - above.End))) > 1;

    private static int LineEnds(ReadOnlySpan<char> gap)
    {
        var count = 0;
        for (var i = 0; i < gap.Length; i++)
        {
            count += gap[i] == '\n' || (gap[i] == '\r' && (i + 1 == gap.Length || gap[i + 1] != '\n')) ? 1 : 0;
        }

        return count;
    }

    private static bool HasUpper(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsUpper(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasLower(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLower(c))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"^(chapter|part|section|book|article|act|scene|appendix|kapitel|chapitre|capítulo|глава|§)\s*[\dIVXLCivxlc]+\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
