using Simile.Tokenizers.Decoders;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Decodes ids to text with the decoder of the file.</summary>
    /// <param name="ids">The ids. With a tokenizer.json, ids without a token are skipped, as in the reference.</param>
    /// <param name="skipSpecialTokens">Whether to leave out special tokens, including SentencePiece's control symbols.</param>
    /// <exception cref="ArgumentException">An id is not in the vocabulary of a SentencePiece or tiktoken file.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        var text = new TextSink();
        var decoder = _pipeline.StartDecoding(skipSpecialTokens, text);
        foreach (var id in ids)
        {
            decoder.Add(id);
        }

        decoder.Finish();
        return text.Take();
    }

    /// <summary>Creates a decoder that takes ids one by one. Its concatenated output equals that of <see cref="Decode"/>.</summary>
    /// <param name="skipSpecialTokens">Whether to leave out special tokens, including SentencePiece's control symbols.</param>
    public StreamingDecoder CreateStreamingDecoder(bool skipSpecialTokens = true) => new(_pipeline, skipSpecialTokens);
}
