using System.Text;

namespace Simile.Tokenizers.Decoders;

/// <summary>The last step of decoding: concatenates tokens.</summary>
internal sealed class TextSink : TokenSink
{
    private readonly StringBuilder _text = new();

    public override void Push(ReadOnlySpan<char> part, bool ends) => _text.Append(part);

    public override void Finish()
    {
    }

    /// <summary>The text since the last call.</summary>
    public string Take()
    {
        if (_text.Length == 0)
        {
            return string.Empty;
        }

        var text = _text.ToString();
        _text.Clear();
        return text;
    }
}
