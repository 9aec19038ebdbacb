namespace Simile.Tokenizers.Models;

/// <summary>Places of a text that no token reaches across: two characters side by side that stand side by side in no token.</summary>
/// <remarks>
/// Why cutting there changes nothing: whatever merges make is a token, so a symbol with both characters in it would be a token that has them
/// side by side. As there is none, no merge ever crosses the place, and the merges left and right of it do not see each other.
/// Both characters must be tokens by themselves, so that neither waits for another unknown one. In a text of Llama 2 nearly every
/// place before ▁ is such: its words can be looked up one by one although the model takes the text as one piece.
/// Pairs are kept by their hash: two that fall together only mean a place that is not cut.
/// </remarks>
internal sealed class BigramCuts
{
    private const int Bits = 18;
    private readonly ulong[] _bigrams = new ulong[(1 << Bits) / 64];
    private readonly ulong[] _known = new ulong[0x10000 / 64];

    public BigramCuts(Vocabulary vocabulary)
        : this(Enumerable.Range(0, vocabulary.Size).Select(id => vocabulary.Token(id) ?? string.Empty))
    {
    }

    public BigramCuts(IEnumerable<string> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.Length == 1)
            {
                _known[token[0] >> 6] |= 1UL << (token[0] & 63);
            }

            for (var i = 1; i < token.Length; i++)
            {
                var bit = Hash(token[i - 1], token[i]);
                _bigrams[bit >> 6] |= 1UL << (bit & 63);
            }
        }
    }

    /// <summary>The next place behind <paramref name="from"/> to cut at, or the end of the text.</summary>
    public int Next(ReadOnlySpan<char> text, int from)
    {
        for (var i = from + 1; i < text.Length; i++)
        {
            var bit = Hash(text[i - 1], text[i]);
            if ((_bigrams[bit >> 6] >> (bit & 63) & 1) == 0 && IsKnown(text[i - 1]) && IsKnown(text[i]))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int Hash(char left, char right) => (int)(((((uint)left << 16) | right) * 0x9E3779B1u) >> (32 - Bits));

    private bool IsKnown(char c) => (_known[c >> 6] >> (c & 63) & 1) != 0;
}
