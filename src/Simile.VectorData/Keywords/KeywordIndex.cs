using Simile.Keywords;
using Simile.VectorData.Filters;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;
using Simile.VectorData.Vectors;

namespace Simile.VectorData.Keywords;

/// <summary>The words of a collection's texts in SQLite's full-text index, ranked by BM25.</summary>
internal static class KeywordIndex
{
    public static void Add(StoreConnection connection, CollectionTables tables, CollectionShape shape, long id, object?[] values)
    {
        var texts = shape.FullText.Select(column => (object?)Terms((string?)values[Array.IndexOf(shape.Columns, column)]));
        connection.Run(
            $"INSERT INTO {tables.Words} (rowid, {string.Join(", ", shape.FullText.Select(column => column.Name))}) "
                + $"VALUES ($0, {string.Join(", ", shape.FullText.Select((_, i) => $"CAST(${i + 1} AS TEXT)"))})",
            [id, .. texts]);
    }

    public static void Remove(StoreConnection connection, CollectionTables tables, long id) =>
        connection.Run($"DELETE FROM {tables.Words} WHERE rowid = $0", id);

    /// <summary>Indexes all records of a collection.</summary>
    public static void Fill(StoreConnection connection, CollectionTables tables, CollectionShape shape)
    {
        var last = 0L;
        for (; ; )
        {
            var batch = Batch(connection, tables, shape, last);
            foreach (var (id, values) in batch)
            {
                Add(connection, tables, shape, id, values);
                last = id;
            }

            if (batch.Count == 0)
            {
                return;
            }
        }
    }

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

    private static List<(long Id, object?[] Values)> Batch(
        StoreConnection connection, CollectionTables tables, CollectionShape shape, long after)
    {
        using var rows = connection.Rows(
            $"SELECT {tables.RecordColumns} FROM {tables.Records} AS r WHERE r.id > $0 ORDER BY r.id LIMIT 1000", after);
        var batch = new List<(long, object?[])>();
        while (rows.Read())
        {
            batch.Add((rows.GetInt64(0), RecordReader.Values(rows, shape)));
        }

        return batch;
    }

    // Terms are normalized and separated by spaces: SQLite's own tokenizer only splits them.
    private static string? Terms(string? text) => text is null ? null : KeywordTokenizer.Join(text);
}
