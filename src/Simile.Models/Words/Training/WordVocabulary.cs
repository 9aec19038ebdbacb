namespace Simile.Models.Words;

/// <summary>The words that are learnt, most frequent first; of equal counts the one that was seen first.</summary>
internal sealed class WordVocabulary
{
    private readonly int[] _rows;

    /// <param name="corpus">The texts.</param>
    /// <param name="minCount">Words seen fewer times are left out.</param>
    /// <param name="isWord">Which words count; null for all.</param>
    /// <exception cref="InvalidDataException">No word is left.</exception>
    public WordVocabulary(TokenCorpus corpus, int minCount, Func<string, bool>? isWord = null)
    {
        var kept = Enumerable.Range(0, corpus.Words.Count)
            .Where(id => corpus.Counts[id] >= minCount && (isWord is null || isWord(corpus.Words[id])))
            .OrderByDescending(id => corpus.Counts[id])
            .ToArray();
        if (kept.Length == 0)
        {
            throw new InvalidDataException($"None of the {corpus.Words.Count:N0} different words is seen {minCount} times or more: take a smaller least count, or more text.");
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

    /// <summary>How often they are seen together.</summary>
    public long Total { get; }

    /// <summary>The row of a word of the corpus; -1 where it is left out.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>The chance to keep each word where it stands, as word2vec has it: sqrt(t/f) + t/f for the share f of all words.</summary>
    public float[] ChancesToKeep(double threshold) => Array.ConvertAll(Counts, count =>
    {
        var ratio = threshold * Total / count;
        return threshold <= 0 ? 1f : (float)Math.Min(1, Math.Sqrt(ratio) + ratio);
    });
}
