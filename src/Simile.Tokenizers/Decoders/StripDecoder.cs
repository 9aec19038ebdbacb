using System.Text;

namespace Simile.Tokenizers.Decoders;

/// <summary>Takes a character from the beginning and the end of each token, so many times at most.</summary>
/// <param name="content">The character.</param>
/// <param name="start">How many at the beginning.</param>
/// <param name="stop">How many at the end.</param>
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

    // What may be the end of the token is only counted.
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
