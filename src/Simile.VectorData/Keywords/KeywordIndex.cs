using Simile.Keywords;
using Simile.VectorData.Filters;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;
using Simile.VectorData.Vectors;

namespace Simile.VectorData.Keywords;

/// <summary>Searches the words of a collection's texts in SQLite's full-text index, ranked by BM25.</summary>
internal static class KeywordIndex
{
    /// <summary>The rows whose text holds some of the keywords, best first; the score is BM25's.</summary>
    public static RowHit[] Search(
        StoreConnection connection, CollectionTables tables, DataColumn text, ICollection<string> keywords, FilterSql filter, int top)
    {
        if (Query(keywords) is not { } query)
        {
            return [];
        }

        // SQLite's bm25 is negative: smaller is better.
        using var rows = connection.Rows(
            $"SELECT w.rowid, -bm25({tables.Words}) FROM {tables.Words} AS w JOIN {tables.Records} AS r ON r.id = w.rowid "
                + $"WHERE {tables.Words} MATCH CAST($0 AS TEXT) AND {filter.Sql} ORDER BY bm25({tables.Words}), w.rowid LIMIT $1",
            filter,
            $"{text.Name} : ({query})",
            top);
        var hits = new List<RowHit>();
        while (rows.Read())
        {
            hits.Add(new RowHit(rows.GetInt64(0), rows.GetFloat(1)));
        }

        return [.. hits];
    }

    // Terms hold no quotation marks, so that no keyword is taken for an operator.
    private static string? Query(ICollection<string> keywords)
    {
        var terms = keywords.SelectMany(KeywordTokenizer.Tokenize).Select(keyword => $"\"{keyword.Term}\"").Distinct().ToArray();
        return terms.Length == 0 ? null : string.Join(" OR ", terms);
    }
}
