using Simile.Storage;

namespace Simile;

public sealed partial class Store
{
    /// <summary>The passages closest to a vector by cosine, best first, equal scores in the order of indexing. What is committed when it is called is searched.</summary>
    /// <param name="query">As many components as the model has dimensions.</param>
    /// <param name="top">How many at most, at least 1.</param>
    /// <exception cref="ArgumentException">The query has another length than the vectors kept.</exception>
    /// <exception cref="InvalidDataException">The store is damaged.</exception>
    public IReadOnlyList<PassageHit> Search(ReadOnlySpan<float> query, int top)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (Model is not { } model)
        {
            return [];
        }

        if (query.Length != model.Dimensions)
        {
            throw new ArgumentException($"The query has {query.Length} dimensions, the vectors of the store {Place} have {model.Dimensions}: embed it with {model.Name}.", nameof(query));
        }

        var copy = query.ToArray();
        return Guard(() => Search(model, copy, top));
    }

    private List<PassageHit> Search(StoreModel model, float[] query, int top)
    {
        // One snapshot for vectors and texts, whatever a writer commits meanwhile.
        using var snapshot = _connection.BeginTransaction(deferred: true);
        _vectors ??= new VectorCache(model, Place);
        _vectors.Refresh(_connection);
        return [.. _vectors.Search(query, top).Select(hit => Read(hit.Item, hit.Score))];
    }

    private PassageHit Read(long item, float score)
    {
        using var command = _connection.Prepare("SELECT path, line, start, stop, text FROM items JOIN files ON files.id = items.file WHERE items.id = $0", item);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new PassageHit(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), score, reader.GetString(4))
            : throw StoreFailures.Damaged(Place, "a vector belongs to no passage");
    }
}
