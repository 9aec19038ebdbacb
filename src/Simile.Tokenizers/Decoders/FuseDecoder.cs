namespace Simile.Tokenizers.Decoders;

/// <summary>Fuses all tokens into one.</summary>
internal sealed class FuseDecoder(TokenSink next) : Decoder(next)
{
    public override void Push(ReadOnlySpan<char> part, bool ends) => Next.Push(part, ends: false);

    public override void Finish()
    {
        Next.Push([], ends: true);
        base.Finish();
    }
}
