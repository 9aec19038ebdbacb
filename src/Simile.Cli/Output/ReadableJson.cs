using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Simile.Cli;

/// <summary>Escapes only what JSON requires. .NET's relaxed encoder writes an emoji as two \u escapes.</summary>
internal sealed unsafe class ReadableJson : JavaScriptEncoder
{
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar <= char.MaxValue && UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar);

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        for (var at = 0; at < textLength;)
        {
            var status = Rune.DecodeFromUtf16(rest[at..], out var rune, out var units);
            if (status != OperationStatus.Done || WillEncode(rune.Value))
            {
                return at;
            }

            at += units;
        }

        return -1;
    }
}
