using System.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Decoders;

/// <summary>Strips white space at the start and the end of the whole text.</summary>
internal sealed class TrimDecoder(TokenSink next) : Decoder(next)
{
    private readonly StringBuilder _held = new();
    private bool _hasBegun;

    public override void Push(ReadOnlySpan<char> part, bool ends)
    {
        var end = part.Length;
        while (end > 0 && IsSpace(part[end - 1]))
        {
            end--;
        }

        var start = 0;
        while (!_hasBegun && start < end && IsSpace(part[start]))
        {
            start++;
        }

        if (end > 0)
        {
            Next.Push(_held.ToString(), ends: false);
            _held.Clear();
            Next.Push(part[start..end], ends: false);
            _hasBegun = true;
        }

        if (_hasBegun)
        {
            _held.Append(part[end..]);
        }

        Next.Push([], ends);
    }

    // Python also counts the four separators U+001C to U+001F.
    private static bool IsSpace(char c) => Characters.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';
}
