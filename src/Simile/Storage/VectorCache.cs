using Microsoft.Data.Sqlite;
using Simile.Index;
using Simile.Numerics;
using SQLitePCL;

namespace Simile.Storage;

/// <summary>The vectors of a store in memory, each kind by itself, brought up to date from it.</summary>
internal sealed class VectorCache(StoreModel model, string place) : IDisposable
{
    private readonly Dictionary<ItemKind, (List<long> Items, FlatIndex Index)> _kinds = [];
    private long _last;
    private long _sequence;

    /// <summary>Items of a kind that are closest to the query; call it in the transaction that <see cref="Refresh"/> was called in.</summary>
    public IEnumerable<(long Item, float Score)> Search(ItemKind kind, ReadOnlySpan<float> query, int top) =>
        _kinds.TryGetValue(kind, out var vectors) ? vectors.Index.Search(query, Math.Min(top, vectors.Items.Count)).Select(hit => (vectors.Items[hit.Id], hit.Score)) : [];

    public void Dispose()
    {
        foreach (var (_, index) in _kinds.Values)
        {
            index.Dispose();
        }

        _kinds.Clear();
    }

    public void Refresh(SqliteConnection connection)
    {
        var sequence = Meta.GetNumber(connection, Meta.Sequence, place);
        if (sequence == _sequence)
        {
            return;
        }

        if (Meta.GetNumber(connection, Meta.Removal, place) > _sequence)
        {
            Dispose();
            _last = 0;
        }

        Load(connection, Others(connection));
        _sequence = sequence;
    }

    // What is no passage is listed by an index of its own, which holds few or none: the table of the texts is not read.
    private Dictionary<long, ItemKind> Others(SqliteConnection connection)
    {
        var others = new Dictionary<long, ItemKind>();
        if (connection.Number("PRAGMA user_version") < Schema.FirstWithMedia)
        {
            return others;
        }

        using var command = connection.Prepare("SELECT id, kind FROM items WHERE kind <> 'passage' AND id > $0", _last);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            others.Add(reader.GetInt64(0), ItemKinds.Parse(reader.GetString(1), place));
        }

        return others;
    }

    private void Load(SqliteConnection connection, Dictionary<long, ItemKind> others)
    {
        using var command = connection.Prepare("SELECT item, vector FROM vectors WHERE item > $0 ORDER BY item", _last);
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
            _last = reader.GetInt64(0);
            var (items, index) = Of(others.GetValueOrDefault(_last, ItemKind.Passage));
            index.Add(row);
            items.Add(_last);
        }
    }

    private (List<long> Items, FlatIndex Index) Of(ItemKind kind)
    {
        if (!_kinds.TryGetValue(kind, out var vectors))
        {
            _kinds[kind] = vectors = ([], new FlatIndex(Metric.Cosine, model.Dimensions));
        }

        return vectors;
    }
}
