namespace Simile.Tokenizers;

/// <summary>Text to token ids and back, as the tokenizer file says.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class Tokenizer
{
    /// <summary>Loads a tokenizer.</summary>
    /// <param name="path">A model folder, a tokenizer.json, a vocab.txt or a SentencePiece .model file.</param>
    public static Tokenizer Load(string path) => throw new NotImplementedException();

    /// <summary>Encodes a text, or a pair of texts.</summary>
    public Encoding Encode(string text, string? pair = null, bool addSpecialTokens = true) => throw new NotImplementedException();

    /// <summary>Appends the ids of a text to <paramref name="ids"/>: no tokens, no offsets, nothing else allocated.</summary>
    public void EncodeIds(ReadOnlySpan<char> text, List<int> ids, bool addSpecialTokens = true) => throw new NotImplementedException();

    /// <summary>Number of tokens of a text.</summary>
    public int CountTokens(ReadOnlySpan<char> text, bool addSpecialTokens = false) => throw new NotImplementedException();

    /// <summary>Turns ids back into text.</summary>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true) => throw new NotImplementedException();
}
