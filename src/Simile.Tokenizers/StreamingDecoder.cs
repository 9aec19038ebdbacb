using Simile.Tokenizers.Decoders;

namespace Simile.Tokenizers;

/// <summary>Decodes ids one by one, as a generating model emits them.</summary>
/// <remarks>
/// Holds the state of one text. Not thread-safe. No output ends within a character: incomplete bytes and surrogate halves are held back,
/// and so is text that a later token can still change.
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

    /// <summary>Takes an id and returns the text that has become final, often that of this id, sometimes none.</summary>
    /// <exception cref="ArgumentException">The id is not in a SentencePiece vocabulary.</exception>
    public string Add(int id)
    {
        _decoder.Add(id);
        return _text.Take();
    }

    /// <summary>Returns the text that was held back. The next id starts a new text.</summary>
    public string Finish()
    {
        _decoder.Finish();
        _decoder = _pipeline.StartDecoding(_skipSpecialTokens, _text);
        return _text.Take();
    }
}
