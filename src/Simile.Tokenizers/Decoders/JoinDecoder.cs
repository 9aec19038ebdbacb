namespace Simile.Tokenizers.Decoders;

/// <summary>Joins tokens with spaces. Used if a file names no decoder.</summary>
internal sealed class JoinDecoder(TokenSink next) : Decoder(next)
{
    private bool _isLater;
    private bool _isInside;

    public override void Push(ReadOnlySpan<char> part, bool ends)
    {
        if (_isLater && !_isInside)
        {
            Next.Push(" ", ends: false);
        }

        Next.Push(part, ends);
        (_isLater, _isInside) = (true, !ends);
    }
}
