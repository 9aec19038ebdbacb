using System.Runtime.InteropServices;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>
    /// The longest part of a text that has at most <paramref name="maxTokens"/> tokens, without special tokens. It never ends within a
    /// character.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">Maximum number of tokens.</param>
    /// <param name="side">The side that is cut off.</param>
    /// <remarks>
    /// The cut is at the end of a token. A few tokens more are removed if the rest would otherwise be split into more tokens than before,
    /// which can happen within a run of white space.
    /// </remarks>
    public ReadOnlySpan<char> Truncate(ReadOnlySpan<char> text, int maxTokens, Side side = Side.Right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTokens);
        var work = Rent();
        try
        {
            work.CollectTokens(side == Side.Right && maxTokens < int.MaxValue ? maxTokens + 1 : int.MaxValue, unknown: false);
            _pipeline.Tokenize(text, work);
            if (work.Count <= maxTokens)
            {
                return text;
            }

            var tokens = CollectionsMarshal.AsSpan(work.Tokens);
            for (int kept = maxTokens, step = 1; kept > 0; kept -= step, step *= 2)
            {
                var part = side == Side.Right ? text[..End(tokens, kept)] : text[Start(tokens, kept)..];
                if (CountTokens(part, addSpecialTokens: false) <= maxTokens)
                {
                    return part;
                }
            }

            return [];
        }
        finally
        {
            Return(work);
        }
    }

    // Tokens for bytes of one character share its position: the character is kept or removed as a whole.
    private static int End(ReadOnlySpan<Token> tokens, int kept) => Math.Min(tokens[kept - 1].End, tokens[kept].Start);

    private static int Start(ReadOnlySpan<Token> tokens, int kept) => Math.Max(tokens[^kept].Start, tokens[^(kept + 1)].End);
}
