using Simile.Tokenizers.Decoders;

namespace Simile.Tokenizers;

/// <summary>Turns ids into text one by one, as a model makes them.</summary>
/// <remarks>
/// Holds the state of one text; not safe for concurrent use. No piece ends within a character: bytes and halves of surrogate pairs are held
/// back until the character is whole, and so is whatever a later token can still change.
/// </remarks>
public sealed class StreamingDecoder
{
    private readonly Pipeline _pipeline;
    private readonly bool _skipSpecialTokens;
    private readonly TextSink _text = new();
    private IdDecoder _decoder;

    internal StreamingDecoder(Pipeline pipeline, bool skipSpecialTokens)
    {
        (_pipeline, _skipSpecialTokens) = (pipeline, skipSpecialTokens);
        _decoder = pipeline.StartDecoding(skipSpecialTokens, _text);
    }

    /// <summary>Takes an id and returns the text that is certain now and was not before; often that of this id, sometimes none.</summary>
    /// <exception cref="ArgumentException">The id is not in a SentencePiece vocabulary.</exception>
    public string Add(int id)
    {
        _decoder.Add(id);
        return _text.Take();
    }

    /// <summary>Returns the text that was held back. The next id begins a new text.</summary>
    public string Finish()
    {
        _decoder.Finish();
        _decoder = _pipeline.StartDecoding(_skipSpecialTokens, _text);
        return _text.Take();
    }
}
