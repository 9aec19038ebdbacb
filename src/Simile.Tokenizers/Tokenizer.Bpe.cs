using Simile.Tokenizers.Files;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Loads a BPE tokenizer of two files.</summary>
    /// <param name="vocabulary">Path of vocab.json (encoder.json): ids by token.</param>
    /// <param name="merges">Path of merges.txt (vocab.bpe): the pairs that join, line by line.</param>
    /// <param name="pipeline">All else as JSON: a tokenizer.json whose model has neither vocab nor merges. null: GPT-2's.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the merges do not fit the vocabulary.</exception>
    /// <exception cref="NotSupportedException">The pipeline names a component that is not built yet.</exception>
    public static Tokenizer LoadBpe(string vocabulary, string merges, string? pipeline = null)
    {
        var parts = JsonField.Parse(System.Text.Encoding.UTF8.GetBytes(pipeline ?? VocabularyAndMerges.Gpt2), "pipeline");
        return new Tokenizer(VocabularyAndMerges.Read(vocabulary, merges, parts));
    }

    /// <summary>Loads a file of tiktoken ranks: base64 of each token and its rank, line by line, or GPT-2's encoder.json.</summary>
    /// <param name="ranks">Path of the file.</param>
    /// <param name="encoding">What the file does not say; <see cref="TiktokenEncoding.Get"/> knows the published ones.</param>
    /// <remarks>Special tokens in a text become their ids, unlike tiktoken's default: see <see cref="With(SpecialTokenPolicy)"/>.</remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or does not hold all single bytes.</exception>
    /// <exception cref="NotSupportedException">The pattern uses what is not built yet.</exception>
    public static Tokenizer LoadTiktoken(string ranks, TiktokenEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return new Tokenizer(TiktokenFile.Read(ranks, encoding));
    }
}
