using Microsoft.Data.Sqlite;
using Simile.Index;
using Simile.Numerics;
using SQLitePCL;

namespace Simile.Storage;

/// <summary>The vectors of a store in memory, one copy for all readers of the process, with one index per kind.</summary>
/// <remarks>Thread-safe: any number of concurrent readers, or one refresh.</remarks>
internal sealed class VectorCache(string place) : IDisposable
{
    private const long Vanished = -1;

    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private readonly KindVectors?[] _kinds = new KindVectors?[3];
    private long _last;
    private long _sequence;

    // Items[i] is the item whose vector has the index id i.
    private sealed record KindVectors(FlatIndex Index)
    {
        public List<long> Items { get; } = [];

        /// <summary>Whether index ids were reused, so that they are not in the order of the items.</summary>
        public bool Reused { get; set; }
    }

    /// <summary>Number of vectors read so far.</summary>
    public long RowsRead { get; private set; }

    private sealed record Other(long Item, MediaKind Kind);

    /// <summary>The vectors of one snapshot of the store. Dispose it soon, because it blocks refreshes.</summary>
    internal sealed class Reading(VectorCache cache, Action release) : IDisposable
    {
        /// <summary>The items of a kind closest to a query.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="query">The query vector.</param>
        /// <param name="top">Maximum number.</param>
        /// <param name="allowed">The allowed items; null for all.</param>
        public IEnumerable<(long Item, float Score)> Search(MediaKind kind, ReadOnlySpan<float> query, int top, HashSet<long>? allowed)
        {
            if (cache._kinds[(int)kind] is not { Index.Count: > 0 } vectors)
            {
                return [];
            }

            var filter = allowed is null
                ? null
                : IdFilter.Of(
                    vectors.Index.IdLimit, Enumerable.Range(0, vectors.Items.Count).Where(id => allowed.Contains(vectors.Items[id])));
            var hits = vectors.Index.Search(query, Math.Min(top, vectors.Index.Count), filter);
            if (vectors.Reused && hits.Length > 0)
            {
                // Among equal scores at the end of the list, the items that were stored first win, whatever their index ids are.
                hits = vectors.Index.SearchRange(query, hits[^1].Score, filter);
            }

            return hits.Select(hit => (Item: vectors.Items[hit.Id], hit.Score)).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Item)
                .Take(top);
        }

        /// <summary>Mean and standard deviation of the cosines of a kind with a query, estimated by about this many items.</summary>
        public (double Mean, double Deviation) Spread(MediaKind kind, ReadOnlySpan<float> query, int most)
        {
            if (cache._kinds[(int)kind] is not { Index.Count: > 0 } vectors)
            {
                return (0, 0);
            }

            var step = Math.Max(1, vectors.Items.Count / most);
            var filter = step == 1
                ? null
                : IdFilter.Of(
                    vectors.Index.IdLimit,
                    Enumerable.Range(0, vectors.Items.Count / step).Select(i => i * step).Where(id => vectors.Items[id] != Vanished));
            var hits = vectors.Index.Search(query, Math.Min(vectors.Index.Count, 2 * most), filter);
            var (sum, squares) = (0.0, 0.0);
            foreach (var hit in hits)
            {
                sum += hit.Score;
                squares += (double)hit.Score * hit.Score;
            }

            var mean = sum / Math.Max(1, hits.Length);
            return (mean, Math.Sqrt(Math.Max(0, (squares / Math.Max(1, hits.Length)) - (mean * mean))));
        }

        public void Dispose() => release();
    }

    /// <summary>Gives this thread exclusive access for reading and refreshing until it is disposed.</summary>
    public IDisposable LockForRefresh()
    {
        _lock.EnterWriteLock();
        return new Reading(this, _lock.ExitWriteLock);
    }

    /// <summary>The vectors at a sequence; null if they are already newer.</summary>
    /// <param name="connection">A connection in a transaction that sees this sequence.</param>
    /// <param name="sequence">The store's change sequence.</param>
    /// <param name="locked">Whether this thread holds <see cref="LockForRefresh"/>.</param>
    public Reading? Read(SqliteConnection connection, long sequence, bool locked)
    {
        if (!locked)
        {
            _lock.EnterReadLock();
            if (_sequence == sequence)
            {
                return new Reading(this, _lock.ExitReadLock);
            }

            _lock.ExitReadLock();
        }

        Refresh(connection, sequence);
        _lock.EnterReadLock();
        if (_sequence == sequence)
        {
            return new Reading(this, _lock.ExitReadLock);
        }

        _lock.ExitReadLock();
        return null;
    }

    public void Dispose()
    {
        // Waits for searches in progress.
        _lock.EnterWriteLock();
        Clear();
        _lock.ExitWriteLock();
    }

    private void Refresh(SqliteConnection connection, long sequence)
    {
        _lock.EnterWriteLock();
        try
        {
            if (_sequence >= sequence)
            {
                return;
            }

            if (_sequence > 0 && Meta.GetNumber(connection, Meta.Removal, place) > _sequence)
            {
                RemoveVanished(connection);
            }

            Meta.ThrowIfDamaged(connection, place);
            Load(connection, Others(connection));
            _sequence = sequence;
        }
        catch
        {
            // An interrupted refresh is not a snapshot: the next search reads everything again.
            Clear();
            throw;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void Clear()
    {
        foreach (var vectors in _kinds)
        {
            vectors?.Index.Dispose();
        }

        Array.Clear(_kinds);
        (_last, _sequence) = (0, 0);
    }

    // Only the items' ids are read, from an index of the database. Vectors that stay are not read again.
    private void RemoveVanished(SqliteConnection connection)
    {
        var kept = new HashSet<long>();
        using var command = connection.Prepare("SELECT id FROM items");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            kept.Add(reader.GetInt64(0));
        }

        foreach (var vectors in _kinds)
        {
            for (var id = 0; id < vectors?.Items.Count; id++)
            {
                if (vectors.Items[id] != Vanished && !kept.Contains(vectors.Items[id]))
                {
                    vectors.Index.Remove(id);
                    vectors.Items[id] = Vanished;
                }
            }
        }
    }

    // Items other than passages have their own small index, so the table with the texts is not read.
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
        if (Meta.GetModel(connection, place) is not { } model)
        {
            return;
        }

        using var checks = Meta.HasChecks(connection) ? new VectorChecks(connection, _last, place) : null;
        using var command = connection.Prepare("SELECT item, vector FROM vectors WHERE item > $0 ORDER BY item", _last);
        using var reader = command.ExecuteReader();
        var row = new float[model.Dimensions];
        while (reader.Read())
        {
            // Reads from the SQL statement's own memory, to avoid a copy.
            var blob = raw.sqlite3_column_blob(reader.Handle!, 1);
            if (blob.Length != row.Length * sizeof(float))
            {
                throw StoreFailures.Damaged(place, $"a vector has {blob.Length} bytes");
            }

            LittleEndian.Read(blob, row);
            _last = reader.GetInt64(0);
            RowsRead++;
            var kind = Kind(_last, others);
            checks?.ThrowIfOther(_last, kind, blob);
            ThrowIfNoNumber(row);
            Add(Of(kind, model.Dimensions), _last, row);
        }

        checks?.ThrowIfMore();
        if (checks is not null && Meta.GetNumber(connection, Meta.Items, place) is var items
            && items != _kinds.Sum(vectors => (long)(vectors?.Index.Count ?? 0)))
        {
            throw StoreFailures.Damaged(place, $"the number of vectors is not {items}");
        }
    }

    private void ThrowIfNoNumber(float[] row)
    {
        foreach (var component in row)
        {
            if (!float.IsFinite(component))
            {
                throw StoreFailures.Damaged(place, "a vector holds a NaN or infinite number");
            }
        }
    }

    // The index reuses the ids of removed vectors.
    private static void Add(KindVectors vectors, long item, float[] row)
    {
        var id = vectors.Index.Add(row);
        if (id < vectors.Items.Count)
        {
            vectors.Items[id] = item;
            vectors.Reused = true;
        }
        else
        {
            vectors.Items.Add(item);
        }
    }

    private static MediaKind Kind(long item, Queue<Other> others)
    {
        while (others.TryPeek(out var other) && other.Item <= item)
        {
            others.Dequeue();
            if (other.Item == item)
            {
                return other.Kind;
            }
        }

        return MediaKind.Text;
    }

    private KindVectors Of(MediaKind kind, int dimensions) =>
        _kinds[(int)kind] ??= new KindVectors(new FlatIndex(Metric.Cosine, dimensions));
}
