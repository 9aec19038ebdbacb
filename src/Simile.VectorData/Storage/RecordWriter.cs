using Microsoft.Data.Sqlite;
using Simile.VectorData.Keywords;
using Simile.VectorData.Model;
using Simile.VectorData.Values;

namespace Simile.VectorData.Storage;

/// <summary>
/// A record with encoded values: what its table holds, and the bytes of its vectors in the order of the shape; null for none.
/// </summary>
internal sealed record EncodedRecord(object?[] Values, byte[]?[] Vectors)
{
    public object Key => Values[0]!;
}

/// <summary>Writes records of one collection within a transaction.</summary>
/// <remarks>
/// A record that is written again gets a new row: rows never change, so that vectors in memory follow by row numbers alone.
/// </remarks>
internal sealed class RecordWriter
{
    private readonly StoreConnection _connection;
    private readonly CollectionShape _shape;
    private readonly KeywordWriter? _words;
    private readonly string _find;
    private readonly string _insert;
    private readonly string[] _insertVector;
    private readonly string[] _deletes;
    private readonly string _list;
    private readonly long _sequence;
    private long _last;

    public RecordWriter(StoreConnection connection, CollectionRow collection, CollectionShape shape)
    {
        (_connection, _shape) = (connection, shape);
        var tables = new CollectionTables(collection.Id, shape);
        _words = shape.FullText.Length > 0 ? new KeywordWriter(connection, tables, shape) : null;
        _find = $"SELECT id FROM {tables.Records} WHERE {shape.Key.Name} = {Parameter(shape.Key, 0)}";
        _insert = $"INSERT INTO {tables.Records} (id, {string.Join(", ", shape.Columns.Select(column => column.Name))}, content) "
            + $"VALUES ($0, {string.Join(", ", shape.Columns.Select((column, i) => Parameter(column, i + 1)))}, "
            + $"${shape.Columns.Length + 1})";
        _insertVector = [.. shape.Vectors.Select(
            column => $"INSERT INTO {tables.Vectors(column)} (id, vector, content) VALUES ($0, $1, $2)")];
        _deletes = [.. shape.Vectors.Select(column => tables.Vectors(column)).Append(tables.Records)
            .Select(table => $"DELETE FROM {table} WHERE id = $0")];
        _list = $"INSERT INTO {tables.Removals} (sequence, record) VALUES ($0, $1)";
        _sequence = connection.Number("UPDATE collections SET sequence = sequence + 1 WHERE id = $0 RETURNING sequence", collection.Id);
        _last = (long?)connection.Value("SELECT seq FROM sqlite_sequence WHERE name = CAST($0 AS TEXT)", tables.Records) ?? 0;
    }

    /// <summary>A parameter that holds a column's encoded value.</summary>
    public static string Parameter(DataColumn column, int i) => column.Type.Storage == "TEXT" ? $"CAST(${i} AS TEXT)" : $"${i}";

    /// <summary>Inserts or replaces a record.</summary>
    public void Upsert(EncodedRecord record)
    {
        Delete(record.Key);
        var id = ++_last;
        Span<object?> values = [id, .. record.Values, RowSum.OfRecord(id, _shape.Seeds, record.Values)];
        _connection.Run(_insert, values);
        for (var i = 0; i < record.Vectors.Length; i++)
        {
            if (record.Vectors[i] is { } vector)
            {
                _connection.Run(_insertVector[i], id, vector, RowSum.OfVector(id, vector));
            }
        }

        _words?.Add(id, record.Values);
    }

    /// <summary>Deletes the record of a key. False if there is none.</summary>
    public bool Delete(object key)
    {
        if (_connection.Value(_find, key) is not long id)
        {
            return false;
        }

        foreach (var delete in _deletes)
        {
            _connection.Run(delete, id);
        }

        _words?.Remove(id);
        _connection.Run(_list, _sequence, id);
        return true;
    }
}
