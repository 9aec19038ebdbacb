using Microsoft.Data.Sqlite;

namespace Simile.Storage;

internal sealed partial class Store
{
    /// <summary>
    /// The items of any kind closest to a vector by cosine, best first, equal scores in the order of storage. Searches the state committed
    /// at the time of the call.
    /// </summary>
    /// <param name="query">A vector with the model's dimensions.</param>
    /// <param name="top">Maximum number of hits, at least 1.</param>
    /// <exception cref="ArgumentException">The query's length differs from the stored vectors.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<CorpusHit> Search(ReadOnlySpan<float> query, int top)
    {
        var vector = query.ToArray();
        return Search([.. Enum.GetValues<MediaKind>().Select(kind => new StoreQuery(kind, vector))], top);
    }

    /// <summary>
    /// The items closest to the vector given for their kind, all kinds in one list, best first, equal scores in the order of storage.
    /// </summary>
    /// <param name="queries">One vector per kind to search.</param>
    /// <param name="top">Maximum number of hits, at least 1.</param>
    /// <param name="allowed">A filter on full paths of files; null for no filter.</param>
    /// <exception cref="ArgumentException">A vector's length differs from the stored vectors.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<CorpusHit> Search(IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (Model is not { } model)
        {
            return [];
        }

        if (queries.FirstOrDefault(query => query.Vector.Length != model.Dimensions) is { } wrong)
        {
            throw new ArgumentException(
                $"The query has {wrong.Vector.Length} dimensions, the vectors of the store {Place} have {model.Dimensions}: "
                + $"embed the query with {model.Name}.",
                nameof(queries));
        }

        return Read(connection => Search(connection, queries, top, allowed));
    }

    // One snapshot for vectors and texts, whatever a writer commits meanwhile. The cached vectors are updated to that snapshot. If another
    // thread has updated them to a newer one, the search starts again, the last time with exclusive access to the vectors.
    private List<CorpusHit> Search(SqliteConnection connection, IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed)
    {
        const int SharedAttempts = 3;
        for (var attempt = 0; ; attempt++)
        {
            using var exclusive = attempt < SharedAttempts ? null : _vectors.LockForRefresh();
            using var snapshot = connection.BeginTransaction(deferred: true);
            var sequence = Meta.GetNumber(connection, Meta.Sequence, Place);
            using var vectors = _vectors.Read(connection, sequence, exclusive is not null);
            if (vectors is not null)
            {
                return Search(connection, vectors, queries, top, allowed);
            }
        }
    }

    private List<CorpusHit> Search(
        SqliteConnection connection, VectorCache.Reading vectors, IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed)
    {
        var items = allowed is null ? null : AllowedItems(connection, allowed);
        var found = new List<Found>();
        foreach (var query in queries)
        {
            foreach (var (item, cosine) in vectors.Search(query.Kind, query.Vector.Span, top, items))
            {
                found.Add(new Found(query.Kind, item, cosine, query.Comparable?.Invoke(cosine) ?? cosine));
            }
        }

        found.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return found.Take(top).Select(hit => ReadHit(connection, hit)).ToList();
    }

    private static HashSet<long> AllowedItems(SqliteConnection connection, Func<string, bool> allowed)
    {
        var files = new HashSet<long>();
        using (var command = connection.Prepare("SELECT id, path FROM files"))
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (allowed(reader.GetString(1)))
                {
                    files.Add(reader.GetInt64(0));
                }
            }
        }

        return files.Count == 0 ? [] : ItemsOf(connection, files);
    }

    // From the index on (file, position), so that neither texts nor items of other files are read.
    private static HashSet<long> ItemsOf(SqliteConnection connection, HashSet<long> files)
    {
        var items = new HashSet<long>();
        using var command = connection.Prepare("SELECT id FROM items WHERE file = $0", 0L);
        foreach (var file in files)
        {
            command.Parameters[0].Value = file;
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                items.Add(rows.GetInt64(0));
            }
        }

        return items;
    }

    // A class, because generic lists of structs are JIT-compiled anew at every start of the tool.
    private sealed record Found(MediaKind Kind, long Item, float Cosine, float Score);

    // An SQL condition that the rows of an item and its file match their checksums.
    private static string Whole(SqliteConnection connection) => !Meta.HasChecks(connection) ? "1" :
        $"coalesce((SELECT content FROM item_checks WHERE item = items.id) = {Schema.ItemCheck} AND (SELECT content FROM file_checks WHERE "
        + $"file = files.id) = {Schema.FileCheck}, 0)";

    private void ThrowUnlessWhole(SqliteDataReader reader, int column)
    {
        if (reader.GetInt64(column) != 1)
        {
            throw StoreFailures.Damaged(Place, "an item does not match its checksum");
        }
    }

    private CorpusHit ReadHit(SqliteConnection connection, Found found)
    {
        var (kind, item, cosine, score) = found;
        using var command = connection.Prepare(
            $"SELECT path, line, start, stop, text, {PartMarks.Column(connection)}, {Whole(connection)} FROM items JOIN files ON files.id "
            + "= items.file WHERE items.id = $0",
            item);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            throw StoreFailures.Damaged(Place, "a vector belongs to no item");
        }

        ThrowUnlessWhole(reader, 6);
        return new CorpusHit(Item(reader.GetString(0), kind, reader), score, cosine);
    }
}
