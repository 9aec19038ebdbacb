using System.Buffers;
using System.Text;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;

namespace Simile.Tokenizers.Decoders;

/// <summary>
/// SentencePiece's decoding: special tokens are dropped or kept, the unknown piece has its own text, bytes are joined, ▁ becomes a space.
/// </summary>
/// <param name="pieces">The vocabulary.</param>
/// <param name="added">The added tokens.</param>
/// <param name="options">Whether the model adds a space before a text, so that it is removed here.</param>
/// <param name="unknown">The text of an unknown piece if special tokens are skipped; null if they are kept.</param>
/// <param name="text">Takes the text.</param>
internal sealed class SentencePieceDecoder(
    ScoredPieces pieces, AddedVocabulary added, SentencePieceOptions options, string? unknown, TokenSink text)
    : IdDecoder
{
    private readonly byte[] _bytes = new byte[4];
    private int _byteCount;
    private bool _hasText;
    private bool _expectsSpace = true;
    private bool _sawSpace;

    public override void Add(int id)
    {
        var token = added.Content(id);
        if (token is null && (uint)id >= (uint)pieces.Count)
        {
            throw new ArgumentException($"The id {id} is not in the vocabulary of {pieces.Count} pieces.", nameof(id));
        }

        if (token is null && pieces.Kinds[id] == PieceKind.Byte)
        {
            _bytes[_byteCount++] = ByteFallbackDecoder.ByteOf(pieces.Text(id)) is >= 0 and var value ? (byte)value : (byte)'?';
            GiveBytes(areAll: false);
            return;
        }

        GiveBytes(areAll: true);
        _expectsSpace &= !_sawSpace && !_hasText;
        _sawSpace = token is null ? GivePiece(id) : GiveToken(token);
    }

    public override void Finish()
    {
        GiveBytes(areAll: true);
        text.Finish();
    }

    private bool GiveToken(string token)
    {
        if (unknown is null || !added.IsSpecial(token))
        {
            Give(token);
        }

        return false;
    }

    // Whether the space that the model adds before a text was removed.
    private bool GivePiece(int id)
    {
        switch (pieces.Kinds[id])
        {
            case PieceKind.Control when unknown is not null:
                return false;
            case PieceKind.Control:
                Give(pieces.Text(id));
                return false;
            case PieceKind.Unknown:
                Give(unknown ?? pieces.Text(id));
                return false;
        }

        var piece = pieces.Text(id);
        var takes = _expectsSpace && (options.AddDummyPrefix || options.RemoveExtraWhitespaces)
            && piece.StartsWith(SentencePieceNormalizer.Space);
        Give((takes ? piece[1..] : piece).Replace(SentencePieceNormalizer.Space, ' '));
        return takes && !options.RemoveExtraWhitespaces;
    }

    // A byte that cannot start a character becomes one U+FFFD.
    private void GiveBytes(bool areAll)
    {
        Span<char> chars = stackalloc char[2];
        while (_byteCount > 0)
        {
            var status = Rune.DecodeFromUtf8(_bytes.AsSpan(0, _byteCount), out var rune, out var consumed);
            if (status == OperationStatus.NeedMoreData && !areAll)
            {
                return;
            }

            Give(chars[..rune.EncodeToUtf16(chars)]);
            consumed = status == OperationStatus.Done ? consumed : 1;
            _bytes.AsSpan(consumed).CopyTo(_bytes);
            _byteCount -= consumed;
        }
    }

    private void Give(ReadOnlySpan<char> part)
    {
        _hasText |= part.Length > 0;
        text.Push(part, ends: true);
    }
}
