using System.Text;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;

namespace Simile.Tokenizers.Decoders;

/// <summary>SentencePiece's own way back: control symbols vanish, what is unknown has a sign, bytes are put together, ▁ is a space.</summary>
/// <param name="pieces">The vocabulary.</param>
/// <param name="options">Whether the first space was put there by the model.</param>
/// <param name="unknown">What stands for an unknown piece.</param>
internal sealed class SentencePieceDecoder(UnigramPieces pieces, SentencePieceOptions options, string unknown)
{
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        var bytes = new List<byte>();
        var expectsSpace = true;
        var sawSpace = false;
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)pieces.Count)
            {
                throw new ArgumentException($"The id {id} is not in the vocabulary of {pieces.Count} pieces.", nameof(ids));
            }

            if (pieces.Kinds[id] == PieceKind.Byte)
            {
                bytes.Add(ByteOf(pieces.Utf8(id)));
                continue;
            }

            AppendBytes(bytes, text);
            expectsSpace &= !sawSpace && text.Length == 0;
            sawSpace = Append(id, expectsSpace, text);
        }

        AppendBytes(bytes, text);
        return text.ToString();
    }

    // Whether the space that the model puts before a text was taken away.
    private bool Append(int id, bool expectsSpace, StringBuilder text)
    {
        switch (pieces.Kinds[id])
        {
            case PieceKind.Control:
                return false;
            case PieceKind.Unknown:
                text.Append(unknown);
                return false;
        }

        var piece = pieces.Text(id);
        var takes = expectsSpace && (options.AddDummyPrefix || options.RemoveExtraWhitespaces) && piece.StartsWith(SentencePieceNormalizer.Space);
        text.Append(takes ? piece[1..].Replace(SentencePieceNormalizer.Space, ' ') : piece.Replace(SentencePieceNormalizer.Space, ' '));
        return takes && !options.RemoveExtraWhitespaces;
    }

    private static byte ByteOf(ReadOnlySpan<byte> piece) =>
        piece.Length == 6 && byte.TryParse(piece[3..5], System.Globalization.NumberStyles.HexNumber, null, out var value) ? value : (byte)'?';

    // A byte that begins no character becomes one U+FFFD by itself.
    private static void AppendBytes(List<byte> bytes, StringBuilder text)
    {
        Span<char> chars = stackalloc char[2];
        var rest = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes);
        while (!rest.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(rest, out var rune, out var consumed) == System.Buffers.OperationStatus.Done;
            text.Append(chars[..rune.EncodeToUtf16(chars)]);
            rest = rest[(isValid ? consumed : 1)..];
        }

        bytes.Clear();
    }
}
