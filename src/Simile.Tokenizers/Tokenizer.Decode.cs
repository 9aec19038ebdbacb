using Simile.Tokenizers.Decoders;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Turns ids back into text, as the decoder of the file says.</summary>
    /// <param name="ids">Ids; of a tokenizer.json those without a token are skipped, as the reference has it.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out: SentencePiece's control symbols too.</param>
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

    /// <summary>A decoder that takes ids one by one, as a model makes them. Its pieces joined are what <see cref="Decode"/> gives of all ids.</summary>
    /// <param name="skipSpecialTokens">Whether special tokens are left out: SentencePiece's control symbols too.</param>
    public StreamingDecoder CreateStreamingDecoder(bool skipSpecialTokens = true) => new(_pipeline, skipSpecialTokens);
}
