using Microsoft.Data.Sqlite;
using Simile.Index;
using Simile.Numerics;
using SQLitePCL;

namespace Simile.Storage;

/// <summary>The vectors of a store in memory, each kind by itself, brought up to date from it.</summary>
internal sealed class VectorCache(StoreModel model, string place) : IDisposable
{
    private readonly KindVectors?[] _kinds = new KindVectors?[3];
    private long _last;
    private long _sequence;

    private sealed record KindVectors(FlatIndex Index)
    {
        public List<long> Items { get; } = [];
    }

    private sealed record Other(long Item, ItemKind Kind);

    /// <summary>Items of a kind that are closest to the query; call it in the transaction that <see cref="Refresh"/> was called in.</summary>
    public IEnumerable<(long Item, float Score)> Search(ItemKind kind, ReadOnlySpan<float> query, int top) =>
        _kinds[(int)kind] is { } vectors ? vectors.Index.Search(query, Math.Min(top, vectors.Items.Count)).Select(hit => (vectors.Items[hit.Id], hit.Score)) : [];

    public void Dispose()
    {
        for (var kind = 0; kind < _kinds.Length; kind++)
        {
            _kinds[kind]?.Index.Dispose();
            _kinds[kind] = null;
        }
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
    private Queue<Other> Others(SqliteConnection connection)
    {
        var others = new Queue<Other>();
        if (connection.Number("PRAGMA user_version") < Schema.FirstWithMedia)
        {
            return others;
        }

        using var command = connection.Prepare("SELECT id, kind FROM items WHERE kind <> 'passage' AND id > $0 ORDER BY id", _last);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            others.Enqueue(new Other(reader.GetInt64(0), ItemKinds.Parse(reader.GetString(1), place)));
        }

        return others;
    }

    // Both lists are in the order of the items.
    private void Load(SqliteConnection connection, Queue<Other> others)
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
            var vectors = Of(Kind(_last, others));
            vectors.Index.Add(row);
            vectors.Items.Add(_last);
        }
    }

    private static ItemKind Kind(long item, Queue<Other> others)
    {
        while (others.TryPeek(out var other) && other.Item <= item)
        {
            others.Dequeue();
            if (other.Item == item)
            {
                return other.Kind;
            }
        }

        return ItemKind.Passage;
    }

    private KindVectors Of(ItemKind kind) => _kinds[(int)kind] ??= new KindVectors(new FlatIndex(Metric.Cosine, model.Dimensions));
}
