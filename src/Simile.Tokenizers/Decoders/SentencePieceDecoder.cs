namespace Simile.Tokenizers.Decoders;

/// <summary>stub</summary>
internal abstract class SentencePieceDecoder
{
    public abstract string Decode(ReadOnlySpan<int> ids);
}
