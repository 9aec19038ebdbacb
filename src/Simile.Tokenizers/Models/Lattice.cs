using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Models;

/// <summary>Viterbi search: the segmentation of a text with the largest sum of scores. Its buffers are reused.</summary>
/// <remarks>
/// Kudo, "Subword Regularization" (2018). Scores are summed from the start of the text, and of equal paths the first wins, as in
/// SentencePiece's EncodeOptimized and the tokenizers library. A text is processed in blocks that end where no piece crosses. The sum
/// carries over from block to block, so rounding is that of the whole text, and memory stays small.
/// </remarks>
internal sealed class Lattice<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    // A block ends at the first position after this many units that no piece crosses.
    private const int BlockLength = 1024;
    private const int KeptLength = 1 << 16;

    private Node[] _nodes = new Node[(BlockLength * 2) + 1];
    private Piece[] _pieces = new Piece[(BlockLength * 2) + 1];
    private T _score;

    /// <summary>Starts a new text, or continues after one with this sum of scores.</summary>
    public void Begin(T sum) => _score = sum;

    /// <summary>The pieces of the best path through the next block of a text.</summary>
    /// <param name="text">The rest of the text, not empty.</param>
    /// <param name="scores">The vocabulary.</param>
    /// <exception cref="InvalidDataException">A character is unknown, and the vocabulary has no unknown piece.</exception>
    public ReadOnlySpan<Piece> Next(ReadOnlySpan<char> text, PieceScores<T> scores)
    {
        var end = FindBestWay(text, scores);
        _score = _nodes[end].Score;
        return Backtrack(end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindBestWay(ReadOnlySpan<char> text, PieceScores<T> pieces)
    {
        var (trie, scores, first) = (pieces.Trie, pieces.Scores, pieces.FirstNodes);
        var nodes = Prepare(Math.Min(text.Length, BlockLength * 2) + 1);
        nodes[0].Score = _score;
        var (start, reach) = (0, 0);
        while (start < text.Length && (start < BlockLength || start < reach))
        {
            var scoreHere = nodes[start].Score;
            var units = char.IsHighSurrogate(text[start]) ? 2 : 1;
            var hasSingle = false;
            var node = text[start] < first.Length ? first[text[start]] : trie.Step(PieceTrie.Root, text[start]);
            for (var end = start + 1; node > 0; node = end < text.Length ? trie.Step(node, text[end++]) : PieceTrie.Root)
            {
                var id = trie.IdAt(node);
                if (id < 0)
                {
                    continue;
                }

                nodes = end < nodes.Length ? nodes : Grow(end, text.Length);
                nodes[end].Offer(scores[id] + scoreHere, start, id);
                reach = Math.Max(reach, end);
                hasSingle |= end - start == units;
            }

            if (!hasSingle)
            {
                nodes = start + units < nodes.Length ? nodes : Grow(start + units, text.Length);
                nodes[start + units].Offer(
                    pieces.UnknownScore + scoreHere, start, pieces.UnknownId >= 0 ? pieces.UnknownId : throw NoUnknown());
            }

            start += units;
        }

        return start;
    }

    private static InvalidDataException NoUnknown() => new("The vocabulary has no piece (unk_id) for a character that it does not know.");

    private ReadOnlySpan<Piece> Backtrack(int end)
    {
        var first = _pieces.Length;
        while (end > 0)
        {
            var (start, id) = (_nodes[end].Start, _nodes[end].Id);
            _pieces[--first] = new Piece(id, start, end);
            end = start;
        }

        return _pieces.AsSpan(first);
    }

    private Span<Node> Prepare(int count)
    {
        if (_nodes.Length > KeptLength)
        {
            _nodes = new Node[KeptLength];
            _pieces = new Piece[KeptLength];
        }

        return Clear(0, count);
    }

    private Span<Node> Grow(int last, int textLength)
    {
        var ready = last;
        var count = (int)Math.Min(textLength + 1L, Math.Max(last + 1L, _nodes.Length * 2L));
        if (count > _nodes.Length)
        {
            Array.Resize(ref _nodes, count);
            _pieces = new Piece[count];
        }

        return Clear(ready, count);
    }

    private Span<Node> Clear(int from, int count)
    {
        foreach (ref var node in _nodes.AsSpan(from, count - from))
        {
            node.Start = -1;
        }

        return _nodes.AsSpan(0, count);
    }

    /// <summary>A piece of the best path: its position in the block.</summary>
    internal readonly record struct Piece(int Id, int Start, int End);

    /// <summary>The last piece of the best path to a position.</summary>
    private struct Node
    {
        public T Score;
        public int Start;
        public int Id;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(T score, int start, int id)
        {
            if (Start < 0 || score > Score)
            {
                (Score, Start, Id) = (score, start, id);
            }
        }
    }
}
