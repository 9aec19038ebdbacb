using System.Runtime.InteropServices;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>The longest part of a text that is at most <paramref name="maxTokens"/> tokens by itself, special tokens not counted; it never ends within a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">How many tokens may stay.</param>
    /// <param name="side">The side that is cut off.</param>
    /// <remarks>
    /// The cut is made where a token ends. A few tokens more go where what is left would be cut into more tokens than before, as can be
    /// in the middle of a run of white space.
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

    // Tokens of the bytes of one character share its place: it stays whole or goes whole.
    private static int End(ReadOnlySpan<Token> tokens, int kept) => Math.Min(tokens[kept - 1].End, tokens[kept].Start);

    private static int Start(ReadOnlySpan<Token> tokens, int kept) => Math.Max(tokens[^kept].Start, tokens[^(kept + 1)].End);
}
