using Microsoft.Extensions.AI;
using Simile.Tokenizers;

namespace Simile.Indexing;

/// <summary>What makes the vectors of each kind, all in one space. Files of a kind that has nothing here are reported and skipped.</summary>
public sealed record Embedders
{
    /// <summary>For passages of texts; null for none.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Texts { get; init; }

    /// <summary>Gives what counts the tokens of passages, the tokenizer of <see cref="Texts"/>, when the first text is met. Needed where those are there.</summary>
    public Func<Tokenizer>? Tokenizer { get; init; }

    /// <summary>For pictures; null for none.</summary>
    public IMediaEmbedder? Images { get; init; }

    /// <summary>For sounds; null for none.</summary>
    public IMediaEmbedder? Sounds { get; init; }

    /// <summary>That of a kind which is no text.</summary>
    internal IMediaEmbedder? Of(ItemKind kind) => kind == ItemKind.Image ? Images : kind == ItemKind.Sound ? Sounds : null;

    /// <summary>Throws where something is missing.</summary>
    /// <exception cref="ArgumentException">There is nothing at all, or texts without a tokenizer.</exception>
    public void Validate()
    {
        if (Texts is null && Images is null && Sounds is null)
        {
            throw new ArgumentException("Nothing makes vectors: give an embedder for texts, pictures or sounds.");
        }

        if (Texts is not null && Tokenizer is null)
        {
            throw new ArgumentException("Texts are cut by their tokens: give the tokenizer of their embedder.");
        }
    }
}
