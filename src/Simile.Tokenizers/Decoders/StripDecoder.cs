using System.Text;

namespace Simile.Tokenizers.Decoders;

/// <summary>Strips a character from the start and the end of each token, up to a maximum number of times.</summary>
/// <param name="content">The character.</param>
/// <param name="start">How many characters to remove at the start, at most.</param>
/// <param name="stop">How many characters to remove at the end, at most.</param>
/// <param name="next">Takes the tokens.</param>
internal sealed class StripDecoder(Rune content, int start, int stop, TokenSink next) : Decoder(next)
{
    private readonly string _content = content.ToString();
    private int _cut;
    private int _held;

    public override void Push(ReadOnlySpan<char> part, bool ends)
    {
        for (; _cut < start && part.Length > 0; _cut++)
        {
            if (!part.StartsWith(_content, StringComparison.Ordinal))
            {
                _cut = start;
                break;
            }

            part = part[_content.Length..];
        }

        PushButEnd(part);
        if (ends)
        {
            Next.Push([], ends: true);
            (_cut, _held) = (0, 0);
        }
    }

    // Characters that may be the end of the token are only counted.
    private void PushButEnd(ReadOnlySpan<char> part)
    {
        var rest = part;
        var trailing = 0;
        while (rest.EndsWith(_content, StringComparison.Ordinal))
        {
            rest = rest[..^_content.Length];
            trailing++;
        }

        if (rest.Length > 0)
        {
            Repeat(_held);
            Next.Push(rest, ends: false);
            _held = 0;
        }

        Repeat(Math.Max(0, _held + trailing - stop));
        _held = Math.Min(_held + trailing, stop);
    }

    private void Repeat(int count)
    {
        for (; count > 0; count--)
        {
            Next.Push(_content, ends: false);
        }
    }
}
