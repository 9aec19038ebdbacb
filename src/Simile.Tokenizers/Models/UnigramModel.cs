using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>Unigram language model: of all ways to cut a text into pieces the one with the greatest sum of scores.</summary>
/// <remarks>
/// Kudo, "Subword Regularization" (2018). Scores are summed and compared in float from the text's beginning on, and the first of equal ways
/// wins, as in SentencePiece's EncodeOptimized; so ties and near ties fall as there.
/// </remarks>
internal sealed class UnigramModel : Model
{
    private const float UnknownPenalty = 10;
    private const double UserDefinedMalus = 0.1;

    // Latin, Greek, Cyrillic and ▁: what most pieces begin with.
    private const int FirstUnits = 0x2600;

    private readonly UnigramPieces _pieces;
    private readonly PieceTrie _trie;
    private readonly int[] _firstNodes;

    // By id; infinite for user-defined pieces and no number for unused ones, so that the common case asks one question.
    private readonly float[] _scores;
    private readonly Dictionary<string, int> _reserved = new(StringComparer.Ordinal);
    private readonly int[]? _bytes;
    private readonly float _unknownScore;
    private readonly float _maxScore = 1.17549435E-38f;

    /// <param name="pieces">The vocabulary; exactly one piece is unknown.</param>
    /// <param name="byteFallback">Whether unknown characters become the pieces of their bytes.</param>
    /// <exception cref="InvalidDataException">A piece is empty, there is not one unknown piece, or a byte has no piece.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public UnigramModel(UnigramPieces pieces, bool byteFallback)
    {
        _pieces = pieces;
        _scores = pieces.Scores.ToArray();
        var minScore = float.MaxValue;
        for (var id = 0; id < pieces.Count; id++)
        {
            if (pieces.Utf8(id).IsEmpty)
            {
                throw new InvalidDataException($"Piece {id} of the vocabulary is empty.");
            }

            if (!float.IsFinite(pieces.Scores[id]))
            {
                throw new InvalidDataException($"The score of piece {id} of the vocabulary is not a number.");
            }

            switch (pieces.Kinds[id])
            {
                case PieceKind.Normal:
                    minScore = Math.Min(minScore, pieces.Scores[id]);
                    _maxScore = Math.Max(_maxScore, pieces.Scores[id]);
                    break;
                case PieceKind.UserDefined:
                    _scores[id] = float.PositiveInfinity;
                    break;
                case PieceKind.Unused:
                    _scores[id] = float.NaN;
                    break;
                case PieceKind.Unknown or PieceKind.Control or PieceKind.Byte:
                    _reserved[pieces.Text(id)] = id;
                    break;
            }
        }

        UnknownId = FindUnknown(pieces);
        _unknownScore = minScore - UnknownPenalty;
        _bytes = byteFallback ? FindBytes() : null;
        _trie = pieces.BuildTrie(kind => kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused);
        _firstNodes = _trie.FirstNodes(FirstUnits);
    }

    public override int VocabularySize => _pieces.Count;

    public override int UnknownId { get; }

    public override int TokenToId(ReadOnlySpan<char> token) => _trie.Find(token) is >= 0 and var id ? id : _reserved.GetValueOrDefault(token.ToString(), -1);

    public override string? IdToToken(int id) => (uint)id < (uint)_pieces.Count ? _pieces.Text(id) : null;

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var lattice = work.ModelState as Lattice ?? (Lattice)(work.ModelState = new Lattice());
        var piece = text.Chars[start..end];
        var nodes = lattice.Prepare(piece.Length);
        FindBestWay(piece, nodes);
        AddTokens(text, start, nodes, lattice.Backtrack(piece.Length), work);
    }

    private static int FindUnknown(UnigramPieces pieces)
    {
        var first = pieces.Kinds.IndexOf(PieceKind.Unknown);
        return first >= 0 && first == pieces.Kinds.LastIndexOf(PieceKind.Unknown)
            ? first
            : throw new InvalidDataException($"The vocabulary has {(first < 0 ? "no" : "more than one")} piece for what is unknown.");
    }

    private int[] FindBytes()
    {
        var bytes = new int[256];
        for (var b = 0; b < 256; b++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>");
            bytes[b] = _reserved.TryGetValue(name, out var id) ? id : throw new InvalidDataException($"The vocabulary falls back to bytes but has no piece {name}.");
        }

        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindBestWay(ReadOnlySpan<char> text, Span<Lattice.Node> nodes)
    {
        var (trie, scores, first) = (_trie, _scores, _firstNodes);
        for (var start = 0; start < text.Length;)
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

                var score = scores[id];
                if (!float.IsFinite(score))
                {
                    if (float.IsNaN(score))
                    {
                        continue;
                    }

                    score = UserDefinedScore(text[start..end]);
                }

                nodes[end].Offer(score + scoreHere, start, id);
                hasSingle |= end - start == units;
            }

            if (!hasSingle)
            {
                nodes[start + units].Offer(_unknownScore + scoreHere, start, UnknownId);
            }

            start += units;
        }
    }

    private float UserDefinedScore(ReadOnlySpan<char> piece) => (float)((System.Text.Encoding.UTF8.GetByteCount(piece) * _maxScore) - UserDefinedMalus);

    private void AddTokens(AlignedText text, int offset, Span<Lattice.Node> nodes, ReadOnlySpan<int> ends, Workspace work)
    {
        var unknownFrom = -1;
        for (var i = 0; i < ends.Length; i++)
        {
            var (start, id) = (nodes[ends[i]].Start, nodes[ends[i]].Id);
            if (id != UnknownId)
            {
                work.Add(id, text, offset + start, offset + ends[i]);
                continue;
            }

            if (_bytes is not null)
            {
                AddBytes(text, offset + start, offset + ends[i], work);
                continue;
            }

            // A run of unknown characters is one token.
            unknownFrom = unknownFrom < 0 ? start : unknownFrom;
            if (i + 1 == ends.Length || nodes[ends[i + 1]].Id != UnknownId)
            {
                work.Add(UnknownId, text, offset + unknownFrom, offset + ends[i], surface: true);
                unknownFrom = -1;
            }
        }
    }

    // The last byte has the place of the whole character, the others none.
    private void AddBytes(AlignedText text, int start, int end, Workspace work)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var rune = new Rune(text.CodePointAt(start, out _));
        var count = rune.EncodeToUtf8(utf8);
        for (var i = 0; i < count; i++)
        {
            work.Add(_bytes![utf8[i]], text, start, i + 1 == count ? end : start);
        }
    }

    /// <summary>The best way to every place of a text.</summary>
    private sealed class Lattice
    {
        private Node[] _nodes = new Node[256];
        private int[] _ends = new int[256];

        /// <summary>Nodes of the places 0 to length.</summary>
        public Span<Node> Prepare(int length)
        {
            if (_nodes.Length <= length)
            {
                _nodes = new Node[Math.Max(length + 1, _nodes.Length * 2)];
                _ends = new int[_nodes.Length];
            }

            var nodes = _nodes.AsSpan(0, length + 1);
            foreach (ref var node in nodes)
            {
                node.Start = -1;
            }

            nodes[0].Score = 0;
            return nodes;
        }

        /// <summary>Where the pieces of the best way end, in order.</summary>
        public ReadOnlySpan<int> Backtrack(int length)
        {
            var first = _ends.Length;
            for (var end = length; end > 0; end = _nodes[end].Start)
            {
                _ends[--first] = end;
            }

            return _ends.AsSpan(first);
        }

        /// <summary>The last piece of the best way to a place.</summary>
        public struct Node
        {
            public float Score;
            public int Start;
            public int Id;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public void Offer(float score, int start, int id)
            {
                if (Start < 0 || score > Score)
                {
                    (Score, Start, Id) = (score, start, id);
                }
            }
        }
    }
}
