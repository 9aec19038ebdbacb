using Simile.Tokenizers.Files;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Loads a BERT tokenizer of a vocabulary alone. What stands beside the file is not read; <see cref="Load"/> does that.</summary>
    /// <param name="vocabulary">Path of the vocab.txt, one token a line.</param>
    /// <param name="options">What the file does not say. null: those of BERT's uncased models.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The vocabulary lacks a token that stands around every text.</exception>
    public static Tokenizer LoadWordPiece(string vocabulary, WordPieceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        options ??= new WordPieceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWordLength, 1, nameof(options));
        return new Tokenizer(VocabularyText.Read(vocabulary, options));
    }
}
