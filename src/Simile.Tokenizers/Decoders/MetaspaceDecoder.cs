namespace Simile.Tokenizers.Decoders;

/// <summary>Turns ▁ into a space. At the start of the first token it is dropped if the pre-tokenizer added it.</summary>
/// <param name="replacement">The character that stands for a space.</param>
/// <param name="prepends">Whether the pre-tokenizer adds one before a text.</param>
/// <param name="next">Takes the tokens.</param>
internal sealed class MetaspaceDecoder(string replacement, bool prepends, TokenSink next) : Decoder(next)
{
    private bool _isLater;

    public override void Push(ReadOnlySpan<char> part, bool ends)
    {
        var space = prepends && !_isLater ? "" : " ";
        for (int at; (at = part.IndexOf(replacement, StringComparison.Ordinal)) >= 0; part = part[(at + replacement.Length)..])
        {
            Next.Push(part[..at], ends: false);
            Next.Push(space, ends: false);
        }

        Next.Push(part, ends);
        _isLater |= ends;
    }
}
