using System.Text;

namespace Simile.Tokenizers.Decoders;

/// <summary>A step that needs each token as a whole.</summary>
internal abstract class WholeTokenDecoder(TokenSink next) : Decoder(next)
{
    private readonly StringBuilder _parts = new();

    public sealed override void Push(ReadOnlySpan<char> part, bool ends)
    {
        if (ends && _parts.Length == 0)
        {
            Push(part);
            return;
        }

        _parts.Append(part);
        if (ends)
        {
            var token = _parts.ToString();
            _parts.Clear();
            Push(token);
        }
    }

    protected abstract void Push(ReadOnlySpan<char> token);
}
