using System.Runtime.CompilerServices;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>SentencePiece's Unigram: sums are float; unused pieces, control symbols and byte pieces do not match.</summary>
internal sealed partial class SentencePieceUnigram : SentencePieceModel
{
    private const float UnknownPenalty = 10;
    private const double UserDefinedMalus = 0.1;

    private readonly PieceScores<float> _scores;

    /// <inheritdoc/>
    public SentencePieceUnigram(ScoredPieces pieces, bool byteFallback)
        : base(pieces, byteFallback)
    {
        var scores = pieces.Scores.ToArray();
        var (min, max) = Range(pieces);
        for (var id = 0; id < scores.Length; id++)
        {
            if (pieces.Kinds[id] == PieceKind.UserDefined)
            {
                scores[id] = (float)((pieces.Utf8(id).Length * max) - UserDefinedMalus);
            }
        }

        var trie = pieces.Kinds.Contains(PieceKind.Unused)
            ? pieces.BuildTrie(kind => kind is PieceKind.Normal or PieceKind.UserDefined)
            : Trie;
        _scores = new PieceScores<float>(trie, scores, min - UnknownPenalty, UnknownId);
        HasSeparateWords = CutsAtMarks() && _scores.UnknownScore > -MaxScore && max < MaxScore;
    }

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var buffers = SentencePieceBuffers.Of(work);
        buffers.Lattice.Begin(0);
        var unknown = -1;
        for (var at = start; at < end && !work.IsFull;)
        {
            var rest = text.Chars[at..end];
            buffers.Pieces.Clear();
            var length = 0;
            foreach (var piece in buffers.Lattice.Next(rest, _scores))
            {
                length = piece.End;
                Put(piece.Id, rest[piece.Start..piece.End], buffers.Pieces);
            }

            Add(buffers.Pieces, text, at, ref unknown, work);
            at += length;
        }

        EndUnknown(text, end, ref unknown, work);
    }

    // As in the reference, the largest score is at least the smallest positive normal float.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Min, float Max) Range(ScoredPieces pieces)
    {
        var (min, max) = (float.MaxValue, 1.17549435E-38f);
        for (var id = 0; id < pieces.Count; id++)
        {
            if (pieces.Kinds[id] == PieceKind.Normal)
            {
                min = Math.Min(min, pieces.Scores[id]);
                max = Math.Max(max, pieces.Scores[id]);
            }
        }

        return (min, max);
    }
}
