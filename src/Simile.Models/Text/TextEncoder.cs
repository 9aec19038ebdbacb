using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>
/// The inside of a <see cref="TextEmbedder"/>: a transformer, a table of token vectors or the built-in network. It turns texts into
/// rows; names, prompts by name, sizes and usage are the embedder's matter.
/// </summary>
/// <remarks>Thread-safe after loading.</remarks>
internal abstract partial class TextEncoder : IDisposable
{
    /// <summary>Components of each vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Longest input in tokens, special tokens counted.</summary>
    public abstract int MaxSequenceLength { get; }

    /// <summary>The model's tokenizer.</summary>
    public abstract Tokenizer Tokenizer { get; }

    /// <summary>Texts that may be put in front, by name.</summary>
    public virtual Prompts Prompts => Prompts.None;

    /// <summary>How the model's vectors are meant to be compared.</summary>
    public virtual Metric Similarity => Metric.Cosine;

    /// <summary>Writes the vector of text i to row i.</summary>
    /// <param name="texts">The texts; none is null.</param>
    /// <param name="prompt">Put in front of every text; may be empty.</param>
    /// <param name="vectors">As many rows as texts, <see cref="Dimensions"/> wide.</param>
    /// <param name="run">Receives tokens, progress and the texts that are cut.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public abstract void Encode(IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken);

    /// <summary>Writes the pooled vector of each row of token ids as it is before it is given length 1; special tokens are not added.</summary>
    /// <exception cref="NotSupportedException">The model is not made of tokens that can be given alone.</exception>
    public virtual void EncodeTokens(int[][] texts, VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This model does not say what its tokens mean alone.");

    /// <summary>Whether a text whose first tokens fill the model's length has more of them. Most of a long text is not read.</summary>
    /// <param name="text">The text with its prompt.</param>
    /// <param name="tokens">The tokens that were taken.</param>
    private protected bool IsCut(string text, int tokens)
    {
        const int CharactersPerToken = 16;
        if (tokens < MaxSequenceLength)
        {
            return false;
        }

        var beginning = (int)Math.Min(text.Length, (long)MaxSequenceLength * CharactersPerToken);
        return Tokenizer.CountTokens(text.AsSpan(0, beginning), addSpecialTokens: true) > MaxSequenceLength
            || (beginning < text.Length && Tokenizer.CountTokens(text, addSpecialTokens: true) > MaxSequenceLength);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
