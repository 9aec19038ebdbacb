using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers;

internal sealed partial class EncodingDraft
{
    /// <summary>
    /// Removes white space at both ends of a token from its offsets, as the reference does after truncation. Counts characters of
    /// <paramref name="text"/>.
    /// </summary>
    /// <param name="text">The text of the tokens.</param>
    /// <param name="addsPrefixSpace">Whether the tokenizer added the space at the start, so that it has no position.</param>
    public void TrimOffsets(ReadOnlySpan<char> text, bool addsPrefixSpace)
    {
        foreach (var overflowing in _overflowing)
        {
            overflowing.TrimOffsets(text, addsPrefixSpace);
        }

        for (var i = 0; i < Count; i++)
        {
            _offsets[i] = Trimmed(_offsets[i], _tokens[i], text, addsPrefixSpace, isFirst: i == 0);
        }
    }

    /// <summary>The same for one token.</summary>
    public static (int Start, int End) Trimmed(
        (int Start, int End) offsets, ReadOnlySpan<char> token, ReadOnlySpan<char> text, bool addsPrefixSpace, bool isFirst)
    {
        var (start, end) = offsets;
        var leading = CountSpaces(token, fromEnd: false);
        if (leading == 1 && addsPrefixSpace && (isFirst || start == 0))
        {
            leading = 0;
        }

        start = Forward(text, start, end, leading);
        return (start, Back(text, start, end, CountSpaces(token, fromEnd: true)));
    }

    private static int CountSpaces(ReadOnlySpan<char> token, bool fromEnd)
    {
        var count = 0;
        while (count < token.Length && IsSpace(fromEnd ? token[^(count + 1)] : token[count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsSpace(char c) => c == ByteAlphabet.Space || Characters.IsWhiteSpace(c);

    private static int Forward(ReadOnlySpan<char> text, int start, int end, int characters)
    {
        for (; characters > 0 && start < end; characters--)
        {
            start += start + 1 < text.Length && char.IsSurrogatePair(text[start], text[start + 1]) ? 2 : 1;
        }

        return Math.Min(start, end);
    }

    // The token has more white space than the text before its end. The reference leaves the end unchanged.
    private static int Back(ReadOnlySpan<char> text, int start, int end, int characters)
    {
        var to = end;
        for (; characters > 0 && to > 0; characters--)
        {
            to -= to > 1 && char.IsSurrogatePair(text[to - 2], text[to - 1]) ? 2 : 1;
        }

        return characters > 0 ? end : Math.Max(to, start);
    }
}
