namespace Simile.Tokenizers.Decoders;

/// <summary>BPEDecoder: the mark of a word's end is a space, except in the last token, where it is nothing.</summary>
internal sealed class SuffixDecoder(string suffix, TokenSink next) : WholeTokenDecoder(next)
{
    private string? _held;

    public override void Finish()
    {
        Release(string.Empty);
        base.Finish();
    }

    protected override void Push(ReadOnlySpan<char> token)
    {
        Release(" ");
        var at = suffix.Length == 0 ? -1 : token.IndexOf(suffix, StringComparison.Ordinal);
        if (at >= 0)
        {
            _held = token[at..].ToString();
        }

        Next.Push(at < 0 ? token : token[..at], ends: at < 0);
    }

    private void Release(string space)
    {
        if (_held is not null)
        {
            Next.Push(_held.Replace(suffix, space, StringComparison.Ordinal), ends: true);
            _held = null;
        }
    }
}
