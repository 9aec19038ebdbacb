using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>SentencePiece's two simple models: a piece is a word with its ▁, or a character.</summary>
internal sealed class SentencePieceWords(ScoredPieces pieces, bool byteFallback, bool characters) : SentencePieceModel(pieces, byteFallback)
{
    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var buffers = SentencePieceBuffers.Of(work);
        buffers.Pieces.Clear();
        for (int from = start, to; from < end; from = to)
        {
            to = from + LengthOfPiece(text.Chars[from..end]);
            var piece = text.Chars[from..to];
            Put(Trie.Find(piece) is >= 0 and var id ? id : UnknownId, piece, buffers.Pieces);
        }

        var unknown = -1;
        Add(buffers.Pieces, text, start, ref unknown, work);
        EndUnknown(text, end, ref unknown, work);
    }

    private int LengthOfPiece(ReadOnlySpan<char> text)
    {
        if (characters)
        {
            var units = UserDefined is null ? 0 : UserDefined.Longest(text, out _);
            return units > 0 ? units : char.IsHighSurrogate(text[0]) ? 2 : 1;
        }

        var next = text[1..].IndexOf(SentencePieceNormalizer.Space);
        return next < 0 ? text.Length : next + 1;
    }
}
