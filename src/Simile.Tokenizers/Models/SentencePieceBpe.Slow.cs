namespace Simile.Tokenizers.Models;

internal sealed partial class SentencePieceBpe
{
    // Works on the texts of the pieces, as the reference does: the concatenation is looked up, whatever its parts are.
    private void EncodeSlowly(ReadOnlySpan<char> text, Symbols pieces)
    {
        var parts = new Parts(this, text.ToString());
        for (var i = 0; i < parts.Count; i = parts.Next[i])
        {
            parts.PutAgain(i, pieces);
        }
    }

    /// <summary>A text split into symbols that merge. Part i starts at unit i.</summary>
    private sealed class Parts
    {
        private readonly SentencePieceBpe _model;
        private readonly string _text;
        private readonly int[] _previous;
        private readonly bool[] _frozen;
        private readonly PriorityQueue<(int Left, int Right, int End), (float Score, int Left)> _pairs = new(
            Comparer<(float Score, int Left)>.Create((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Left.CompareTo(b.Left)));

        // For an unused piece, the texts of the halves that it was last made from.
        private readonly Dictionary<string, int> _cuts = new(StringComparer.Ordinal);

        public Parts(SentencePieceBpe model, string text)
        {
            (_model, _text) = (model, text);
            (_previous, _frozen, Next) = (new int[text.Length + 1], new bool[text.Length + 1], new int[text.Length + 1]);
            _previous[0] = -1;
            for (int i = 0, units; i < text.Length; i += units)
            {
                units = model.UserDefined?.Longest(text.AsSpan(i), out _) ?? 0;
                _frozen[i] = units > 0;
                units = units > 0 ? units : char.IsHighSurrogate(text[i]) ? 2 : 1;
                (Next[i], _previous[i + units]) = (i + units, i);
            }

            for (var i = 0; i < Count; i = Next[i])
            {
                Offer(i, Next[i]);
            }

            Join();
        }

        public int Count => _text.Length;

        /// <summary>The end of each part; 0 for a part that was merged into the previous one.</summary>
        public int[] Next { get; }

        /// <summary>Emits a part. An unused piece is emitted as the parts that it was made from.</summary>
        public void PutAgain(int part, Symbols pieces)
        {
            var rest = new Stack<(int Start, int End)>([(part, Next[part])]);
            while (rest.TryPop(out var range))
            {
                var piece = _text.AsSpan(range.Start, range.End - range.Start);
                var id = _model.Trie.Find(piece);
                if (id >= 0 && _model.Pieces.Kinds[id] == PieceKind.Unused && _cuts.TryGetValue(piece.ToString(), out var left))
                {
                    rest.Push((range.Start + left, range.End));
                    rest.Push((range.Start, range.Start + left));
                    continue;
                }

                _model.Put(id >= 0 ? id : _model.UnknownId, piece, pieces);
            }
        }

        private void Join()
        {
            while (_pairs.TryDequeue(out var pair, out _))
            {
                var (left, right, end) = pair;
                if (Next[left] != right || Next[right] != end)
                {
                    continue;
                }

                (Next[left], Next[right]) = (end, 0);
                _previous[end] = left;
                Offer(_previous[left], left);
                Offer(left, end);
            }
        }

        private void Offer(int left, int right)
        {
            if (left < 0 || right >= Count || _frozen[left] || _frozen[right])
            {
                return;
            }

            var piece = _text.AsSpan(left, Next[right] - left);
            var id = _model.Trie.Find(piece);
            if (id < 0)
            {
                return;
            }

            _pairs.Enqueue((left, right, Next[right]), (_model.Pieces.Scores[id], left));
            if (_model.Pieces.Kinds[id] == PieceKind.Unused)
            {
                _cuts[piece.ToString()] = right - left;
            }
        }
    }
}
