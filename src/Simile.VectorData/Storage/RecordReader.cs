using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Simile.VectorData.Filters;
using Simile.VectorData.Model;
using Simile.VectorData.Values;

namespace Simile.VectorData.Storage;

/// <summary>Reads records of one collection.</summary>
internal sealed class RecordReader<TRecord>(StoreFolder folder, CollectionRow collection, CollectionShape shape, bool includeVectors)
    where TRecord : class
{
    private readonly CollectionTables _tables = new(collection.Id, shape);

    /// <summary>The record of a row; null if there is none.</summary>
    public TRecord? Find(StoreConnection connection, long row) => First(connection, "r.id = $0", row);

    /// <summary>The record of an encoded key; null if there is none.</summary>
    public TRecord? FindKey(StoreConnection connection, object key) =>
        First(connection, $"r.{shape.Key.Name} = {RecordWriter.Parameter(shape.Key, 0)}", key);

    /// <summary>The records that meet a filter.</summary>
    public List<TRecord> List(StoreConnection connection, FilterSql filter, string order, int top, int skip)
    {
        var found = new List<(long Row, TRecord Record)>();
        using (var rows = connection.Rows(
            $"{_tables.SelectRecords} WHERE {filter.Sql} ORDER BY {order}r.id LIMIT $0 OFFSET $1", filter, top, skip))
        {
            while (rows.Read())
            {
                found.Add((rows.GetInt64(0), Record(rows)));
            }
        }

        AddVectors(connection, found);
        return [.. found.Select(pair => pair.Record)];
    }

    private TRecord? First(StoreConnection connection, string where, object value)
    {
        (long Row, TRecord Record) found;
        using (var rows = connection.Rows($"{_tables.SelectRecords} WHERE {where}", value))
        {
            if (!rows.Read())
            {
                return null;
            }

            found = (rows.GetInt64(0), Record(rows));
        }

        AddVectors(connection, [found]);
        return found.Record;
    }

    private TRecord Record(SqliteDataReader rows)
    {
        var values = RecordReader.Values(rows, shape);
        if (RowSum.OfRecord(rows.GetInt64(0), shape.Seeds, values) != rows.GetInt64(values.Length + 1))
        {
            throw Failures.Damaged(folder.Path, $"row {rows.GetInt64(0)} of '{collection.Name}' does not match its checksum");
        }

        var record = shape.Model.CreateRecord<TRecord>();
        for (var i = 0; i < values.Length; i++)
        {
            var column = shape.Columns[i];
            column.Property.SetValueAsObject(record, column.Type.Decode(values[i]));
        }

        return record;
    }

    private void AddVectors(StoreConnection connection, List<(long Row, TRecord Record)> records)
    {
        if (!includeVectors)
        {
            return;
        }

        foreach (var column in shape.Vectors)
        {
            foreach (var (row, record) in records)
            {
                column.Property.SetValueAsObject(record, Vector(connection, column, row));
            }
        }
    }

    private object? Vector(StoreConnection connection, VectorColumn column, long row)
    {
        using var rows = connection.Rows($"SELECT vector, content FROM {_tables.Vectors(column)} WHERE id = $0", row);
        if (!rows.Read())
        {
            return null;
        }

        var vector = StoredVector.Checked(folder, column, row, StoreConnection.Bytes(rows, 0), rows.GetInt64(1)).ToArray();
        return column.Property.Type == typeof(float[]) ? vector
            : column.Property.Type == typeof(Embedding<float>) ? new Embedding<float>(vector)
            : new ReadOnlyMemory<float>(vector);
    }
}

/// <summary>Reads encoded values.</summary>
internal static class RecordReader
{
    /// <summary>The encoded key and data of a row of <see cref="CollectionTables.SelectRecords"/>.</summary>
    public static object?[] Values(SqliteDataReader rows, CollectionShape shape)
    {
        var values = new object?[shape.Columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var at = i + 1;
            values[i] = rows.IsDBNull(at) ? null : shape.Columns[i].Type.Storage switch
            {
                "INTEGER" => rows.GetInt64(at),
                "REAL" => rows.GetDouble(at),
                "TEXT" => Encoding.UTF8.GetString(StoreConnection.Bytes(rows, at)),
                _ => StoreConnection.Bytes(rows, at).ToArray(),
            };
        }

        return values;
    }
}
