using Microsoft.Data.Sqlite;
using Simile.Index;
using Simile.Numerics;
using SQLitePCL;

namespace Simile.Storage;

/// <summary>The vectors of a store in memory, one copy for all readers of the process, each kind in an index of its own.</summary>
/// <remarks>Thread-safe: any number of readings at once, or one refresh.</remarks>
internal sealed class VectorCache(string place) : IDisposable
{
    private const long Vanished = -1;

    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private readonly KindVectors?[] _kinds = new KindVectors?[3];
    private long _last;
    private long _sequence;

    // Items[i] is the item whose vector has the id i of the index.
    private sealed record KindVectors(FlatIndex Index)
    {
        public List<long> Items { get; } = [];

        /// <summary>Whether ids were given again, so that they are not in the order of the items.</summary>
        public bool Reused { get; set; }
    }

    /// <summary>Rows of vectors that were read so far.</summary>
    public long RowsRead { get; private set; }

    private sealed record Other(long Item, MediaKind Kind);

    /// <summary>The vectors as one snapshot of the store has them. Dispose it soon: no refresh is possible meanwhile.</summary>
    internal sealed class Reading(VectorCache cache, Action release) : IDisposable
    {
        /// <summary>The items of a kind that are closest to a query.</summary>
        /// <param name="kind">The kind.</param>
        /// <param name="query">As many components as the vectors.</param>
        /// <param name="top">How many at most.</param>
        /// <param name="allowed">The items that may be answered; null for all.</param>
        public IEnumerable<(long Item, float Score)> Search(MediaKind kind, ReadOnlySpan<float> query, int top, HashSet<long>? allowed)
        {
            if (cache._kinds[(int)kind] is not { Index.Count: > 0 } vectors)
            {
                return [];
            }

            var filter = allowed is null ? null : IdFilter.Of(vectors.Index.IdLimit, Enumerable.Range(0, vectors.Items.Count).Where(id => allowed.Contains(vectors.Items[id])));
            var hits = vectors.Index.Search(query, Math.Min(top, vectors.Index.Count), filter);
            if (vectors.Reused && hits.Length > 0)
            {
                // Of equal scores at the end of the list the items that were stored first are wanted, whatever their ids.
                hits = vectors.Index.SearchRange(query, hits[^1].Score, filter);
            }

            return hits.Select(hit => (Item: vectors.Items[hit.Id], hit.Score)).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Item).Take(top);
        }

        public void Dispose() => release();
    }

    /// <summary>Keeps every other thread from reading and refreshing until it is disposed, on this thread.</summary>
    public IDisposable LockForRefresh()
    {
        _lock.EnterWriteLock();
        return new Reading(this, _lock.ExitWriteLock);
    }

    /// <summary>The vectors at a sequence; null where they are newer already.</summary>
    /// <param name="connection">In a transaction that sees this sequence.</param>
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
        // Waits for the searches that still read.
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
            // Half of a refresh is no snapshot: the next search reads everything again.
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

    // Only the items' ids are read, from an index of the database: the vectors that stay are not read again.
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
            // The statement's own memory: a copy less than the reader's.
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
        if (checks is not null && Meta.GetNumber(connection, Meta.Items, place) is var items && items != _kinds.Sum(vectors => (long)(vectors?.Index.Count ?? 0)))
        {
            throw StoreFailures.Damaged(place, $"it should hold {items} vectors and holds another number");
        }
    }

    private void ThrowIfNoNumber(float[] row)
    {
        foreach (var component in row)
        {
            if (!float.IsFinite(component))
            {
                throw StoreFailures.Damaged(place, "a vector holds what is no number");
            }
        }
    }

    // The index gives the ids of removed vectors again.
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

    private KindVectors Of(MediaKind kind, int dimensions) => _kinds[(int)kind] ??= new KindVectors(new FlatIndex(Metric.Cosine, dimensions));
}
