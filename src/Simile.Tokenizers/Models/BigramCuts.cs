namespace Simile.Tokenizers.Models;

/// <summary>Finds positions of a text that no token crosses: two adjacent characters that are adjacent in no token.</summary>
/// <remarks>
/// Cutting there does not change the result. Every merge makes a token, so a symbol with both characters would be a token in which
/// they are adjacent. There is none, so no merge crosses the position, and the merges on both sides are independent.
/// Both characters must be tokens themselves, so that neither joins a run of unknown ones. In a text for Llama 2, nearly every
/// position before ▁ qualifies, so words can be looked up one by one although the model takes the text as one piece.
/// Pairs are stored as hashes. A collision only means that a position is not cut.
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

    /// <summary>The next position after <paramref name="from"/> to cut at, or the end of the text.</summary>
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
