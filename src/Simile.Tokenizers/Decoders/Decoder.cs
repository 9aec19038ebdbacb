namespace Simile.Tokenizers.Decoders;

/// <summary>
/// Receives tokens one by one. A token may come in parts; <c>ends</c> marks the last. No part ends within a surrogate pair.
/// </summary>
internal abstract class TokenSink
{
    public abstract void Push(ReadOnlySpan<char> part, bool ends);

    /// <summary>There are no more tokens: flushes what was held back.</summary>
    public abstract void Finish();
}

/// <summary>A step of decoding with its state. It changes tokens, and passes a token on as soon as no later token can change it.</summary>
internal abstract class Decoder(TokenSink next) : TokenSink
{
    protected TokenSink Next { get; } = next;

    public override void Finish() => Next.Finish();
}

/// <summary>Creates a step that passes its output to <paramref name="next"/>.</summary>
internal delegate Decoder DecoderLink(TokenSink next);
