namespace Simile.Tokenizers.Decoders;

/// <summary>Replaces a string in each token.</summary>
internal sealed class ReplaceDecoder(string what, string with, TokenSink next) : Decoder(next)
{
    // The longest suffix of the token so far that may be the start of the searched string. Not needed for a string of one unit.
    private string _held = string.Empty;

    public override void Push(ReadOnlySpan<char> part, bool ends)
    {
        if (_held.Length > 0)
        {
            part = string.Concat(_held, part);
            _held = string.Empty;
        }

        for (int at; (at = part.IndexOf(what, StringComparison.Ordinal)) >= 0; part = part[(at + what.Length)..])
        {
            Next.Push(part[..at], ends: false);
            Next.Push(with, ends: false);
        }

        var begun = ends ? 0 : BegunAtEnd(part);
        if (begun > 0)
        {
            _held = part[^begun..].ToString();
        }

        Next.Push(part[..^begun], ends);
    }

    private int BegunAtEnd(ReadOnlySpan<char> part)
    {
        var begun = Math.Min(part.Length, what.Length - 1);
        while (begun > 0 && !what.AsSpan().StartsWith(part[^begun..], StringComparison.Ordinal))
        {
            begun--;
        }

        return begun;
    }
}
