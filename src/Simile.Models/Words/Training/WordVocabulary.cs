namespace Simile.Models.Words;

/// <summary>The vocabulary, most frequent word first; ties are in the order of the first occurrence.</summary>
internal sealed class WordVocabulary
{
    private readonly int[] _rows;

    /// <param name="corpus">The texts.</param>
    /// <param name="minCount">Words that occur fewer times are left out.</param>
    /// <param name="isWord">Which words to include; null for all.</param>
    /// <exception cref="InvalidDataException">No word is left.</exception>
    public WordVocabulary(TokenCorpus corpus, int minCount, Func<string, bool>? isWord = null)
    {
        var kept = Enumerable.Range(0, corpus.Words.Count)
            .Where(id => corpus.Counts[id] >= minCount && (isWord is null || isWord(corpus.Words[id])))
            .OrderByDescending(id => corpus.Counts[id])
            .ToArray();
        if (kept.Length == 0)
        {
            throw new InvalidDataException(
                $"None of the {corpus.Words.Count:N0} different words occurs {minCount} times or more: "
                + "use a smaller minimum count, or more text.");
        }

        Words = Array.ConvertAll(kept, id => corpus.Words[id]);
        Counts = Array.ConvertAll(kept, id => corpus.Counts[id]);
        Total = Counts.Sum();
        _rows = new int[corpus.Words.Count];
        Array.Fill(_rows, -1);
        for (var row = 0; row < kept.Length; row++)
        {
            _rows[kept[row]] = row;
        }
    }

    public string[] Words { get; }

    public long[] Counts { get; }

    /// <summary>The sum of all counts.</summary>
    public long Total { get; }

    /// <summary>The row of a word of the corpus; -1 if it is not in the vocabulary.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>
    /// The probability of keeping an occurrence of each word in subsampling, as in word2vec: sqrt(t/f) + t/f, where f is its relative
    /// frequency.
    /// </summary>
    public float[] ChancesToKeep(double threshold) => Array.ConvertAll(Counts, count =>
    {
        var ratio = threshold * Total / count;
        return threshold <= 0 ? 1f : (float)Math.Min(1, Math.Sqrt(ratio) + ratio);
    });
}
