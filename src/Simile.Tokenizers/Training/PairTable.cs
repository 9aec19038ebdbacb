namespace Simile.Tokenizers.Training;

/// <summary>Counts of adjacent pairs and the words that contain them, updated while pairs are merged.</summary>
/// <remarks>
/// Every position counts: "aaa" contains the pair (a, a) twice. The queue holds an earlier count of each pair. A count that has fallen
/// is corrected when the pair is dequeued; a count that has risen is enqueued again at once.
/// </remarks>
internal sealed class PairTable
{
    private readonly int[][] _words;
    private readonly int[] _wordLengths;
    private readonly long[] _wordCounts;
    private readonly IReadOnlyList<int> _lengths;
    private readonly int _maxLength;
    private readonly Dictionary<ulong, int> _rows = [];
    private readonly List<Pair> _pairs = [];
    private readonly HashSet<int> _risen = [];
    private readonly PriorityQueue<int, (long Count, ulong Key)> _queue = new(Comparer<(long Count, ulong Key)>.Create(
        (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Key.CompareTo(b.Key)));

    /// <param name="words">The words as ids. They are changed. Negative ids form no pairs.</param>
    /// <param name="counts">The number of occurrences of each word.</param>
    /// <param name="lengths">Lengths of the tokens by id. The list grows with new tokens.</param>
    /// <param name="maxLength">Longer pairs are ignored.</param>
    public PairTable(int[][] words, long[] counts, IReadOnlyList<int> lengths, int maxLength)
    {
        (_words, _wordCounts, _lengths, _maxLength) = (words, counts, lengths, maxLength);
        _wordLengths = Array.ConvertAll(words, word => word.Length);
        for (var i = 0; i < words.Length; i++)
        {
            for (var j = 1; j < words[i].Length; j++)
            {
                Change(words[i][j - 1], words[i][j], counts[i], i);
            }
        }

        QueueRisen();
    }

    /// <summary>
    /// The most frequent pair; of equal ones the one with the smallest ids. False if none occurs <paramref name="least"/> times.
    /// </summary>
    public bool TryTake(long least, out int left, out int right)
    {
        (left, right) = (0, 0);
        while (_queue.TryDequeue(out var row, out var queued))
        {
            var pair = _pairs[row];
            if (queued.Count != pair.Queued)
            {
                continue;
            }

            pair.Queued = 0;
            if (queued.Count != pair.Count)
            {
                Enqueue(row, pair);
                continue;
            }

            (left, right) = ((int)(pair.Key >> 32), (int)(uint)pair.Key);
            return pair.Count >= least;
        }

        return false;
    }

    /// <summary>Merges every occurrence of a pair into one token.</summary>
    /// <returns>Whether this pair is merged for the first time.</returns>
    public bool Merge(int left, int right, int joined)
    {
        var pair = _pairs[_rows[Key(left, right)]];
        var words = pair.Words;
        pair.Words = [];
        foreach (var word in words)
        {
            Merge(word, left, right, joined);
        }

        QueueRisen();
        var isFirst = !pair.IsMerged;
        pair.IsMerged = true;
        return isFirst;
    }

    private void Merge(int wordIndex, int left, int right, int joined)
    {
        var word = _words[wordIndex];
        var (length, count, to) = (_wordLengths[wordIndex], _wordCounts[wordIndex], 0);
        for (var from = 0; from < length; from++, to++)
        {
            if (word[from] != left || from + 1 == length || word[from + 1] != right)
            {
                word[to] = word[from];
                continue;
            }

            Change(left, right, -count, wordIndex);
            if (to > 0)
            {
                Change(word[to - 1], left, -count, wordIndex);
                Change(word[to - 1], joined, count, wordIndex);
            }

            if (from + 2 < length)
            {
                Change(right, word[from + 2], -count, wordIndex);
                Change(joined, word[from + 2], count, wordIndex);
            }

            word[to] = joined;
            from++;
        }

        _wordLengths[wordIndex] = to;
    }

    private void Change(int left, int right, long by, int word)
    {
        if (left < 0 || right < 0 || _lengths[left] + _lengths[right] > _maxLength)
        {
            return;
        }

        if (!_rows.TryGetValue(Key(left, right), out var row))
        {
            _rows.Add(Key(left, right), row = _pairs.Count);
            _pairs.Add(new Pair(Key(left, right)));
        }

        var pair = _pairs[row];
        pair.Count += by;
        if (by > 0)
        {
            _risen.Add(row);
            if (pair.Words is not [.., var last] || last != word)
            {
                pair.Words.Add(word);
            }
        }
    }

    private void QueueRisen()
    {
        foreach (var row in _risen)
        {
            if (_pairs[row].Count > _pairs[row].Queued)
            {
                Enqueue(row, _pairs[row]);
            }
        }

        _risen.Clear();
    }

    private void Enqueue(int row, Pair pair)
    {
        pair.Queued = pair.Count;
        if (pair.Count > 0)
        {
            _queue.Enqueue(row, (pair.Count, pair.Key));
        }
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private sealed class Pair(ulong key)
    {
        public ulong Key { get; } = key;

        public long Count { get; set; }

        public long Queued { get; set; }

        public bool IsMerged { get; set; }

        public List<int> Words { get; set; } = [];
    }
}
