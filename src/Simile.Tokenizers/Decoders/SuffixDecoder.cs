namespace Simile.Tokenizers.Decoders;

/// <summary>
/// BPEDecoder: turns the end-of-word suffix into a space, and drops it in the last token. An empty suffix matches around every character.
/// </summary>
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
        var at = token.IndexOf(suffix, StringComparison.Ordinal);
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
            Next.Push(suffix.Length > 0 ? _held.Replace(suffix, space, StringComparison.Ordinal) : Spread(_held, space), ends: true);
            _held = null;
        }
    }

    private static string Spread(string token, string space) => space + string.Concat(token.EnumerateRunes().Select(rune => rune + space));
}
