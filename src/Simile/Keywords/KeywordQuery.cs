namespace Simile.Keywords;

/// <summary>The distinct terms of a query with their weights.</summary>
internal sealed class KeywordQuery
{
    private const double StopWordWeight = 0.1;

    private KeywordQuery(IReadOnlyList<QueryTerm> terms, bool isSymbol)
    {
        (Terms, IsSymbol) = (terms, isSymbol);
    }

    /// <summary>The terms, in the order of the query. Empty if the query has no words.</summary>
    public IReadOnlyList<QueryTerm> Terms { get; }

    /// <summary>Whether the query is a single word or identifier, such as <c>parseHttpHeader</c>.</summary>
    public bool IsSymbol { get; }

    /// <summary>Cuts a query into its terms.</summary>
    public static KeywordQuery Parse(string text)
    {
        var keywords = KeywordTokenizer.Tokenize(text);
        var hasTopic = keywords.Exists(keyword => !StopWords.Contains(keyword.Term));
        var weights = new Dictionary<string, double>();
        var terms = new List<string>();
        for (var i = 0; i < keywords.Count; i++)
        {
            if (!IsPartOfBigram(keywords, i) && weights.TryAdd(keywords[i].Term, Weight(keywords[i], hasTopic)))
            {
                terms.Add(keywords[i].Term);
            }
        }

        var isSymbol = keywords.Count > 0 && !text.AsSpan().Trim().ContainsAny(" \t\r\n")
            && keywords.TrueForAll(keyword => keyword.Form is KeywordForm.Word or KeywordForm.Whole);
        return new KeywordQuery(terms.ConvertAll(term => new QueryTerm(term, weights[term])), isSymbol);
    }

    /// <summary>An FTS5 expression that finds a term and nothing else.</summary>
    public static string Match(string term) => $"\"{term}\"";

    private static double Weight(Keyword keyword, bool hasTopic) =>
        hasTopic && StopWords.Contains(keyword.Term) ? StopWordWeight : 1;

    // Pairs say more than their characters.
    private static bool IsPartOfBigram(List<Keyword> keywords, int i) => keywords[i].Form == KeywordForm.Unigram
        && ((i > 0 && keywords[i - 1] is { Form: KeywordForm.Bigram } before && before.End > keywords[i].Start)
            || (i + 1 < keywords.Count && keywords[i + 1] is { Form: KeywordForm.Bigram } after && after.Start < keywords[i].End));
}
