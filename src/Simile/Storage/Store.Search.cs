using Microsoft.Data.Sqlite;

namespace Simile.Storage;

internal sealed partial class Store
{
    /// <summary>What is closest to a vector by cosine, of whatever kind, best first, equal scores in the order of indexing. What is committed when it is called is searched.</summary>
    /// <param name="query">As many components as the model has dimensions.</param>
    /// <param name="top">How many at most, at least 1.</param>
    /// <exception cref="ArgumentException">The query has another length than the vectors kept.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<CorpusHit> Search(ReadOnlySpan<float> query, int top)
    {
        var vector = query.ToArray();
        return Search([.. Enum.GetValues<MediaKind>().Select(kind => new StoreQuery(kind, vector))], top);
    }

    /// <summary>What is closest to the vectors given for each kind, all kinds in one list, best first, equal scores in the order of indexing.</summary>
    /// <param name="queries">A vector for each kind that is searched.</param>
    /// <param name="top">How many at most, at least 1.</param>
    /// <param name="allowed">Which files, by their full paths, may be answered; null for all.</param>
    /// <exception cref="ArgumentException">A vector has another length than the vectors kept.</exception>
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
            throw new ArgumentException($"The query has {wrong.Vector.Length} dimensions, the vectors of the store {Place} have {model.Dimensions}: embed it with {model.Name}.", nameof(queries));
        }

        return Read(connection => Search(connection, queries, top, allowed));
    }

    // One snapshot for vectors and texts, whatever a writer commits meanwhile. The vectors in memory are brought to that snapshot; where another thread
    // has brought them to a newer one, the search begins again, at last with the vectors to itself.
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

    private List<CorpusHit> Search(SqliteConnection connection, VectorCache.Reading vectors, IReadOnlyList<StoreQuery> queries, int top, Func<string, bool>? allowed)
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

    // From the index on (file, position), so that neither texts nor the items of other files are read.
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

    // A class, as lists of structs would be compiled anew at every start of the tool.
    private sealed record Found(MediaKind Kind, long Item, float Cosine, float Score);

    // Whether the rows of an item and its file are those that were written, as SQL.
    private static string Whole(SqliteConnection connection) => !Meta.HasChecks(connection) ? "1" :
        $"coalesce((SELECT content FROM item_checks WHERE item = items.id) = {Schema.ItemCheck} AND (SELECT content FROM file_checks WHERE file = files.id) = {Schema.FileCheck}, 0)";

    private void ThrowUnlessWhole(SqliteDataReader reader, int column)
    {
        if (reader.GetInt64(column) != 1)
        {
            throw StoreFailures.Damaged(Place, "an item is not what was written");
        }
    }

    private CorpusHit ReadHit(SqliteConnection connection, Found found)
    {
        var (kind, item, cosine, score) = found;
        using var command = connection.Prepare($"SELECT path, line, start, stop, text, {PartMarks.Column(connection)}, {Whole(connection)} FROM items JOIN files ON files.id = items.file WHERE items.id = $0", item);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            throw StoreFailures.Damaged(Place, "a vector belongs to no item");
        }

        ThrowUnlessWhole(reader, 6);
        return new CorpusHit(Item(reader.GetString(0), kind, reader), score, cosine);
    }
}
