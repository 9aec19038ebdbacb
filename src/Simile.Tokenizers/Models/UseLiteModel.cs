using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>The Unigram model of Universal Sentence Encoder Lite, as in its TensorFlow.js tokenizer.</summary>
/// <remarks>
/// It differs from others: a character at which no piece starts costs nothing; of equal paths the last wins; a position without a
/// path costs nothing, and neither does one whose path has the cost 0. A run of unknown characters is one token.
/// </remarks>
internal sealed class UseLiteModel : Model
{
    // The first pieces are symbols that never match text.
    private const int Reserved = 6;
    private const int KeptLength = 1 << 16;

    private readonly Vocabulary _vocabulary;
    private readonly PieceTrie _trie;
    private readonly double[] _scores;

    public UseLiteModel(Vocabulary vocabulary, double[] scores)
    {
        _vocabulary = vocabulary;
        _scores = scores;
        _trie = PieceTrie.Build(vocabulary.Size, id => id < Reserved ? default : vocabulary.Token(id));
    }

    public override int VocabularySize => _vocabulary.Size;

    public override int UnknownId => 0;

    public override int TokenToId(ReadOnlySpan<char> token) => _vocabulary.Find(token);

    public override string? IdToToken(int id) => _vocabulary.Token(id);

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var ways = work.ModelState as Ways ?? (Ways)(work.ModelState = new Ways());
        var piece = text.Chars[start..end];
        ways.Prepare(piece.Length);
        FindBestWay(piece, ways);
        var from = 0;
        for (var last = -1; from < piece.Length;)
        {
            var (id, to) = (ways.Ids[from], ways.Next[from]);
            if (id != UnknownId)
            {
                work.Add(id, text, start + from, start + to);
            }
            else if (last != UnknownId)
            {
                work.Add(id, text, start + from, start + EndOfUnknown(ways, from, piece.Length));
            }

            (last, from) = (id, to);
        }
    }

    private static int EndOfUnknown(Ways ways, int from, int length)
    {
        while (from < length && ways.Ids[from] == 0)
        {
            from = ways.Next[from];
        }

        return from;
    }

    private void FindBestWay(ReadOnlySpan<char> text, Ways ways)
    {
        for (int start = 0, units; start < text.Length; start += units)
        {
            units = char.IsHighSurrogate(text[start]) ? 2 : 1;
            var begins = false;
            for (int i = start, node = PieceTrie.Root; i < text.Length && (node = _trie.Step(node, text[i])) > 0; i++)
            {
                if (_trie.IdAt(node) is >= 0 and var id)
                {
                    ways.Offer(_scores[id] + ways.Best[start], start, i + 1, id);
                    begins = true;
                }
            }

            if (!begins)
            {
                ways.Offer(ways.Best[start], start, start + units, UnknownId);
            }
        }

        ways.Backtrack(text);
    }

    /// <summary>The best path to every position: its sum, and the id and start of its last piece.</summary>
    private sealed class Ways
    {
        private int[] _starts = new int[256];

        public double[] Best { get; private set; } = new double[256];

        /// <summary>The position that a piece leads to, later the start of a piece of the best path.</summary>
        public int[] Ids { get; private set; } = new int[256];

        /// <summary>The end of the best path's piece that starts at a position.</summary>
        public int[] Next { get; private set; } = new int[256];

        public void Prepare(int length)
        {
            if (Best.Length <= length || Best.Length > KeptLength)
            {
                Best = new double[Math.Max(length + 1, 256)];
                Ids = new int[Best.Length];
                Next = new int[Best.Length];
                _starts = new int[Best.Length];
            }

            Best.AsSpan(0, length + 1).Clear();
            Ids.AsSpan(0, length + 1).Clear();
        }

        public void Offer(double score, int start, int end, int id)
        {
            if (Best[end] == 0 || score >= Best[end])
            {
                (Best[end], _starts[end], Ids[end]) = (score, start, id);
            }
        }

        public void Backtrack(ReadOnlySpan<char> text)
        {
            var id = Ids[text.Length];
            for (var end = text.Length; end > 0;)
            {
                var start = id != 0 ? _starts[end] : end - (end > 1 && char.IsLowSurrogate(text[end - 1]) ? 2 : 1);
                Next[start] = end;
                (id, Ids[start]) = (Ids[start], id);
                end = start;
            }
        }
    }
}
