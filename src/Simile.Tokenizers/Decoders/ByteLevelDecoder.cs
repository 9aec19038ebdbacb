using System.Buffers;
using System.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Decoders;

/// <summary>Letters that stand for bytes become those bytes, and all of them together text; a token with any other letter is text as it stands.</summary>
internal sealed class ByteLevelDecoder : Decoder
{
    public override void Decode(List<string> tokens)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var token in tokens)
        {
            Append(token, bytes);
        }

        tokens.Clear();
        tokens.Add(System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    /// <summary>Appends the bytes of a token.</summary>
    public static void Append(string token, IBufferWriter<byte> bytes)
    {
        if (token.Any(letter => ByteAlphabet.ToByte(letter) < 0))
        {
            System.Text.Encoding.UTF8.GetBytes(token.AsSpan(), bytes);
            return;
        }

        var span = bytes.GetSpan(token.Length + 1);
        for (var i = 0; i < token.Length; i++)
        {
            span[i] = (byte)ByteAlphabet.ToByte(token[i]);
        }

        bytes.Advance(token.Length);
    }
}
