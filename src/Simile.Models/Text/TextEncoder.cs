using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>
/// The implementation behind a <see cref="TextEmbedder"/>: a transformer, a table of token vectors, or the built-in network. It converts
/// texts to rows. The embedder handles prompt names, dimensions and usage.
/// </summary>
/// <remarks>Thread-safe after loading.</remarks>
internal abstract partial class TextEncoder : IDisposable
{
    /// <summary>Components of each vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Maximum input length in tokens, special tokens included.</summary>
    public abstract int MaxSequenceLength { get; }

    /// <summary>Whether a vector has one component per entry of the vocabulary.</summary>
    public virtual bool IsSparse => false;

    /// <summary>The model's tokenizer.</summary>
    public abstract Tokenizer Tokenizer { get; }

    /// <summary>The prompts by name.</summary>
    public virtual Prompts Prompts => Prompts.None;

    /// <summary>The intended similarity function.</summary>
    public virtual Metric Similarity => Metric.Cosine;

    /// <summary>Writes the vector of text i to row i.</summary>
    /// <param name="texts">The texts; none is null.</param>
    /// <param name="prompt">Put before every text. May be empty.</param>
    /// <param name="vectors">One row per text, <see cref="Dimensions"/> wide.</param>
    /// <param name="run">Receives token counts, progress and truncated texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public abstract void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken);

    /// <summary>Writes the pooled vector of each row of token ids, before normalization. Special tokens are not added.</summary>
    /// <exception cref="NotSupportedException">The model cannot embed single tokens.</exception>
    public virtual void EncodeTokens(int[][] texts, VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This model cannot embed single tokens.");

    /// <summary>Whether a text has more tokens than those that fill the model's length. Most of a long text is not read.</summary>
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
