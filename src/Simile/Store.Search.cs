using Simile.Storage;

namespace Simile;

public sealed partial class Store
{
    /// <summary>What is closest to a vector by cosine, of whatever kind, best first, equal scores in the order of indexing. What is committed when it is called is searched.</summary>
    /// <param name="query">As many components as the model has dimensions.</param>
    /// <param name="top">How many at most, at least 1.</param>
    /// <exception cref="ArgumentException">The query has another length than the vectors kept.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<StoreHit> Search(ReadOnlySpan<float> query, int top)
    {
        var vector = query.ToArray();
        return Search([.. Enum.GetValues<ItemKind>().Select(kind => new StoreQuery(kind, vector))], top);
    }

    /// <summary>What is closest to the vectors given for each kind, all kinds in one list, best first, equal scores in the order of indexing.</summary>
    /// <param name="queries">A vector for each kind that is searched.</param>
    /// <param name="top">How many at most, at least 1.</param>
    /// <exception cref="ArgumentException">A vector has another length than the vectors kept.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<StoreHit> Search(IReadOnlyList<StoreQuery> queries, int top)
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

        return Guard(() => Search(model, queries, top));
    }

    private List<StoreHit> Search(StoreModel model, IReadOnlyList<StoreQuery> queries, int top)
    {
        // One snapshot for vectors and texts, whatever a writer commits meanwhile.
        using var snapshot = _connection.BeginTransaction(deferred: true);
        _vectors ??= new VectorCache(model, Place);
        _vectors.Refresh(_connection);
        var found = new List<Found>();
        foreach (var query in queries)
        {
            foreach (var (item, cosine) in _vectors.Search(query.Kind, query.Vector.Span, top))
            {
                found.Add(new Found(query.Kind, item, cosine, query.Comparable?.Invoke(cosine) ?? cosine));
            }
        }

        found.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return found.Take(top).Select(Read).ToList();
    }

    // A class, as lists of structs would be compiled anew at every start of the tool.
    private sealed record Found(ItemKind Kind, long Item, float Cosine, float Score);

    private StoreHit Read(Found found)
    {
        var (kind, item, cosine, score) = found;
        using var command = _connection.Prepare("SELECT path, line, start, stop, text FROM items JOIN files ON files.id = items.file WHERE items.id = $0", item);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            throw StoreFailures.Damaged(Place, "a vector belongs to no item");
        }

        var (start, stop) = (reader.GetInt32(2), reader.GetInt32(3));
        var hit = new StoreHit(reader.GetString(0), kind, score) { Cosine = cosine };
        return kind switch
        {
            ItemKind.Passage => hit with { Line = reader.GetInt32(1), Start = start, End = stop, Text = reader.GetString(4) },
            ItemKind.Sound => hit with { From = TimeSpan.FromMilliseconds(start), To = TimeSpan.FromMilliseconds(stop) },
            _ => hit,
        };
    }
}
