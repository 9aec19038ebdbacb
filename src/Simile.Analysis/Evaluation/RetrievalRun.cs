namespace Simile.Analysis;

/// <summary>The documents that a system found for each query, with scores.</summary>
/// <remarks>
/// Documents are ranked by descending score; ties by descending name, as in trec_eval. Scores are stored as floats, as in trec_eval.
/// </remarks>
public sealed class RetrievalRun
{
    private readonly Dictionary<string, Dictionary<string, float>> _scores = new(StringComparer.Ordinal);

    /// <summary>The queries with results.</summary>
    public IReadOnlyCollection<string> Queries => _scores.Keys;

    /// <summary>Adds a result.</summary>
    /// <exception cref="ArgumentException">The document was already added for this query, or the score is NaN.</exception>
    public void Add(string query, string document, double score)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        if (double.IsNaN(score))
        {
            throw new ArgumentException(
                $"The score of document '{document}' for query '{query}' is NaN: a document without a score has no rank.");
        }

        if (!_scores.TryGetValue(query, out var scores))
        {
            _scores.Add(query, scores = new(StringComparer.Ordinal));
        }

        if (!scores.TryAdd(document, (float)score))
        {
            throw new ArgumentException($"Document '{document}' was found twice for query '{query}': leave it once.");
        }
    }

    /// <summary>The documents of a query, best first; empty without results.</summary>
    public IReadOnlyList<string> Ranked(string query)
    {
        if (!_scores.TryGetValue(query, out var scores))
        {
            return [];
        }

        var documents = scores.ToArray();
        Array.Sort(documents, (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : CompareBytes(b.Key, a.Key));
        return Array.ConvertAll(documents, d => d.Key);
    }

    /// <summary>Reads a file of lines <c>query Q0 document rank score name</c> (TREC). The rank is not used.</summary>
    /// <exception cref="InvalidDataException">A line has another form. The message names it.</exception>
    public static RetrievalRun Read(string path)
    {
        var run = new RetrievalRun();
        foreach (var line in TrecLine.ReadAll(path))
        {
            if (line.Fields is not [var query, _, var document, _, _, _])
            {
                throw line.Bad("query Q0 document rank score name");
            }

            line.Do(() => run.Add(query, document, line.Decimal(4)));
        }

        return run;
    }

    // As strcmp compares UTF-8; ordinal comparison of UTF-16 differs above the basic plane.
    private static int CompareBytes(string a, string b)
    {
        var (x, y) = (a.EnumerateRunes(), b.EnumerateRunes());
        while (x.MoveNext())
        {
            if (!y.MoveNext())
            {
                return 1;
            }

            if (x.Current != y.Current)
            {
                return x.Current.CompareTo(y.Current);
            }
        }

        return y.MoveNext() ? -1 : 0;
    }
}
