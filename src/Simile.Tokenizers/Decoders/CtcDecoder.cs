namespace Simile.Tokenizers.Decoders;

/// <summary>Connectionist temporal classification: merges repeated tokens, drops padding and turns the delimiter into a space.</summary>
internal sealed class CtcDecoder(string padding, string delimiter, bool cleanUp, TokenSink next) : WholeTokenDecoder(next)
{
    private string? _last;

    protected override void Push(ReadOnlySpan<char> token)
    {
        if (token.Equals(_last, StringComparison.Ordinal) && _last is not null)
        {
            return;
        }

        _last = token.ToString();
        var text = Replace(_last, padding, string.Empty);
        if (cleanUp)
        {
            text = Replace(WordPieceDecoder.Mend(text), delimiter, " ");
        }

        if (text.Length > 0)
        {
            Next.Push(text, ends: true);
        }
    }

    private static string Replace(string text, string what, string with) =>
        what.Length == 0 ? text : text.Replace(what, with, StringComparison.Ordinal);
}
