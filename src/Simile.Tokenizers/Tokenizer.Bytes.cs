using System.Buffers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Decodes ids of a byte-level tokenizer (GPT-2, tiktoken) to bytes. They may start or end within a UTF-8 character.</summary>
    /// <exception cref="ArgumentException">An id has no token.</exception>
    /// <exception cref="NotSupportedException">The tokens of this tokenizer are not bytes.</exception>
    public byte[] DecodeBytes(ReadOnlySpan<int> ids)
    {
        if (!_pipeline.HasByteTokens)
        {
            throw new NotSupportedException("The tokens of this tokenizer are not bytes: use Decode.");
        }

        var bytes = new ArrayBufferWriter<byte>();
        foreach (var id in ids)
        {
            if (_pipeline.Added.Content(id) is { } content)
            {
                bytes.Write(System.Text.Encoding.UTF8.GetBytes(content));
            }
            else
            {
                var token = _pipeline.Model.IdToToken(id)
                    ?? throw new ArgumentException($"The id {id} has no token in this vocabulary.", nameof(ids));
                Append(token, bytes);
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Append(string token, ArrayBufferWriter<byte> bytes)
    {
        if (token.Any(letter => ByteAlphabet.ToByte(letter) < 0))
        {
            bytes.Write(System.Text.Encoding.UTF8.GetBytes(token));
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
