namespace Simile.Tokenizers.Decoders;

/// <summary>Takes tokens as they come. A token may come in parts, of which <c>ends</c> marks the last; no part ends within a surrogate pair.</summary>
internal abstract class TokenSink
{
    public abstract void Push(ReadOnlySpan<char> part, bool ends);

    /// <summary>There are no more tokens: what was held back is given on.</summary>
    public abstract void Finish();
}

/// <summary>A link of the way back from tokens to text, with the state of one decoding: changes tokens and gives on at once what is certain of them.</summary>
internal abstract class Decoder(TokenSink next) : TokenSink
{
    protected TokenSink Next { get; } = next;

    public override void Finish() => Next.Finish();
}

/// <summary>Makes a link that gives to <paramref name="next"/>.</summary>
internal delegate Decoder DecoderLink(TokenSink next);
