using Simile.Tokenizers.Files;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Loads a BPE tokenizer from two files.</summary>
    /// <param name="vocabulary">Path of vocab.json (encoder.json): ids by token.</param>
    /// <param name="merges">Path of merges.txt (vocab.bpe): one pair per line.</param>
    /// <param name="pipeline">
    /// All other components as JSON: a tokenizer.json whose model has neither vocab nor merges. Null: GPT-2's.
    /// </param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the merges do not match the vocabulary.</exception>
    /// <exception cref="NotSupportedException">The pipeline names a component that is not supported.</exception>
    public static Tokenizer LoadBpe(string vocabulary, string merges, string? pipeline = null)
    {
        var parts = JsonField.Parse(System.Text.Encoding.UTF8.GetBytes(pipeline ?? VocabularyAndMerges.Gpt2), "pipeline");
        return new Tokenizer(VocabularyAndMerges.Read(vocabulary, merges, parts));
    }

    /// <summary>Loads a file of tiktoken ranks (each line: a token in base64 and its rank) or GPT-2's encoder.json.</summary>
    /// <param name="ranks">Path of the file.</param>
    /// <param name="encoding">The pattern and special tokens. <see cref="TiktokenEncoding.Get"/> knows the published ones.</param>
    /// <remarks>Special tokens in a text become their ids, unlike in tiktoken. See <see cref="With(SpecialTokenPolicy)"/>.</remarks>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or does not contain all single bytes.</exception>
    /// <exception cref="NotSupportedException">The pattern uses an unsupported feature.</exception>
    public static Tokenizer LoadTiktoken(string ranks, TiktokenEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return new Tokenizer(TiktokenFile.Read(ranks, encoding));
    }

    /// <summary>
    /// Reads tiktoken's ranks in the form of Microsoft's packages of vocabularies (Microsoft.ML.Tokenizers.Data.*): base64 of each token,
    /// line by line, in the order of their ranks.
    /// </summary>
    /// <param name="tokens">The lines, unpacked; not disposed.</param>
    /// <param name="encoding">What they do not say; <see cref="TiktokenEncoding.Get"/> knows the published ones.</param>
    /// <exception cref="InvalidDataException">A line is damaged, or a single byte is missing.</exception>
    public static Tokenizer LoadTiktoken(TextReader tokens, TiktokenEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(encoding);
        return new Tokenizer(TiktokenFile.ReadOrdered(Lines(tokens), "The package of vocabularies", encoding));
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
