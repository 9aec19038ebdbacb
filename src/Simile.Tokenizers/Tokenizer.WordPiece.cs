using Simile.Tokenizers.Files;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Loads a BERT tokenizer from a vocabulary only. Other files beside it are ignored; <see cref="Load"/> reads them.</summary>
    /// <param name="vocabulary">Path of the vocab.txt, one token per line.</param>
    /// <param name="options">The settings that the file does not contain. Null: those of BERT's uncased models.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The vocabulary lacks a token that is added around every text.</exception>
    public static Tokenizer LoadWordPiece(string vocabulary, WordPieceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        options ??= new WordPieceOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWordLength, 1, nameof(options));
        return new Tokenizer(VocabularyText.Read(vocabulary, options));
    }
}
