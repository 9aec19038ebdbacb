namespace Simile.Keywords;

/// <summary>Finds the words of a query in a text.</summary>
internal static class MatchedWords
{
    /// <summary>
    /// The ranges of the text whose terms the query holds, in order, without overlaps. Stop words count only if the query has no other
    /// words.
    /// </summary>
    public static IReadOnlyList<Range> Find(KeywordQuery query, string text)
    {
        var sought = query.Terms.Where(term => term.Weight == 1).Select(term => term.Term).ToHashSet();
        var found = new List<Range>();
        foreach (var keyword in KeywordTokenizer.Tokenize(text).Where(keyword => sought.Contains(keyword.Term))
            .OrderBy(keyword => keyword.Start)
            .ThenByDescending(keyword => keyword.End))
        {
            if (found.Count == 0 || keyword.Start >= found[^1].End.Value)
            {
                found.Add(keyword.Start..keyword.End);
            }
            else if (keyword.End > found[^1].End.Value)
            {
                found[^1] = found[^1].Start..keyword.End;
            }
        }

        return found;
    }
}
