using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Decoders;

/// <summary>Converts letters back to the bytes they stand for, and the bytes of all tokens to text. Invalid UTF-8 becomes U+FFFD.</summary>
/// <remarks>A token with a letter that stands for no byte is taken unchanged.</remarks>
internal sealed class ByteLevelDecoder(TokenSink next) : WholeTokenDecoder(next)
{
    private readonly System.Text.Decoder _utf8 = System.Text.Encoding.UTF8.GetDecoder();
    private byte[] _bytes = new byte[64];
    private char[] _chars = new char[64];

    public override void Finish()
    {
        Give(0, last: true);
        base.Finish();
    }

    protected override void Push(ReadOnlySpan<char> token)
    {
        var most = token.Length * 3;
        if (_bytes.Length < most)
        {
            _bytes = new byte[most * 2];
        }

        Give(TryGetBytes(token) ? token.Length : System.Text.Encoding.UTF8.GetBytes(token, _bytes), last: false);
    }

    private bool TryGetBytes(ReadOnlySpan<char> token)
    {
        for (var i = 0; i < token.Length; i++)
        {
            var value = ByteAlphabet.ToByte(token[i]);
            if (value < 0)
            {
                return false;
            }

            _bytes[i] = (byte)value;
        }

        return true;
    }

    private void Give(int count, bool last)
    {
        // Bytes of an incomplete character may precede the new bytes.
        if (_chars.Length < count + 4)
        {
            _chars = new char[(count + 4) * 2];
        }

        var length = _utf8.GetChars(_bytes.AsSpan(0, count), _chars, last);
        Next.Push(_chars.AsSpan(0, length), last);
    }
}
