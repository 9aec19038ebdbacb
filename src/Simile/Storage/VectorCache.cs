using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Simile.Index;
using Simile.Numerics;
using SQLitePCL;

namespace Simile.Storage;

/// <summary>The vectors of a store in memory, brought up to date from it.</summary>
internal sealed class VectorCache(StoreModel model, string place) : IDisposable
{
    private readonly List<long> _items = [];
    private FlatIndex _index = new(Metric.Cosine, model.Dimensions);
    private long _sequence;

    /// <summary>Items closest to the query; call it in the transaction that <see cref="Refresh"/> was called in.</summary>
    public IEnumerable<(long Item, float Score)> Search(ReadOnlySpan<float> query, int top) =>
        _items.Count == 0 ? [] : _index.Search(query, Math.Min(top, _items.Count)).Select(hit => (_items[hit.Id], hit.Score));

    public void Dispose() => _index.Dispose();

    public void Refresh(SqliteConnection connection)
    {
        var sequence = Meta.GetNumber(connection, Meta.Sequence, place);
        if (sequence == _sequence)
        {
            return;
        }

        if (Meta.GetNumber(connection, Meta.Removal, place) > _sequence)
        {
            _items.Clear();
            _index.Dispose();
            _index = new FlatIndex(Metric.Cosine, model.Dimensions);
        }

        Load(connection);
        _sequence = sequence;
    }

    private void Load(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT item, vector FROM vectors WHERE item > $0 ORDER BY item", _items.Count == 0 ? 0L : _items[^1]);
        using var reader = command.ExecuteReader();
        var row = new float[model.Dimensions];
        while (reader.Read())
        {
            // The statement's own memory: a copy less than the reader's.
            var blob = raw.sqlite3_column_blob(reader.Handle!, 1);
            if (blob.Length != row.Length * sizeof(float))
            {
                throw StoreFailures.Damaged(place, $"a vector has {blob.Length} bytes");
            }

            LittleEndian.Read(blob, row);
            _index.Add(row);
            _items.Add(reader.GetInt64(0));
        }
    }
}
