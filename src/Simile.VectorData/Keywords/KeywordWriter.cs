using Simile.Keywords;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;

namespace Simile.VectorData.Keywords;

/// <summary>Writes the words of a collection's texts to SQLite's full-text index, within a transaction.</summary>
internal sealed class KeywordWriter
{
    private readonly StoreConnection _connection;
    private readonly CollectionTables _tables;
    private readonly CollectionShape _shape;
    private readonly string _insert;
    private readonly string _delete;

    // Where the texts are among a record's values.
    private readonly int[] _texts;

    public KeywordWriter(StoreConnection connection, CollectionTables tables, CollectionShape shape)
    {
        (_connection, _tables, _shape) = (connection, tables, shape);
        _texts = [.. shape.FullText.Select(column => Array.IndexOf(shape.Columns, column))];
        _insert = $"INSERT INTO {tables.Words} (rowid, {string.Join(", ", shape.FullText.Select(column => column.Name))}) "
            + $"VALUES ($0, {string.Join(", ", _texts.Select((_, i) => $"CAST(${i + 1} AS TEXT)"))})";
        _delete = $"DELETE FROM {tables.Words} WHERE rowid = $0";
    }

    /// <summary>Adds the texts of a record.</summary>
    /// <param name="id">The record's row.</param>
    /// <param name="values">Its encoded values, in the order of the shape's columns.</param>
    public void Add(long id, object?[] values) => _connection.Run(_insert, [id, .. _texts.Select(text => Terms((string?)values[text]))]);

    /// <summary>Removes the texts of a record.</summary>
    public void Remove(long id) => _connection.Run(_delete, id);

    /// <summary>Adds the texts of all records of the collection.</summary>
    public void AddAll()
    {
        var last = 0L;
        for (; ; )
        {
            var batch = Batch(last);
            foreach (var (id, values) in batch)
            {
                Add(id, values);
                last = id;
            }

            if (batch.Count == 0)
            {
                return;
            }
        }
    }

    private List<(long Id, object?[] Values)> Batch(long after)
    {
        using var rows = _connection.Rows($"{_tables.SelectRecords} WHERE r.id > $0 ORDER BY r.id LIMIT 1000", after);
        var batch = new List<(long, object?[])>();
        while (rows.Read())
        {
            batch.Add((rows.GetInt64(0), RecordReader.Values(rows, _shape)));
        }

        return batch;
    }

    // Terms are normalized and separated by spaces: SQLite's own tokenizer only splits them.
    private static string? Terms(string? text) => text is null ? null : KeywordTokenizer.Join(text);
}
