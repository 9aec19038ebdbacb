using System.Runtime.InteropServices;
using Microsoft.Extensions.VectorData;
using Simile.Index;
using Simile.Numerics;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;
using Simile.VectorData.Values;

namespace Simile.VectorData.Vectors;

/// <summary>
/// The vectors of one property in memory: an exact index of the newest rows and, for collections of many, an approximate one of the others.
/// </summary>
/// <remarks>
/// Thread-safe. Rows are immutable and numbered in the order of writing, so that a set follows the database by reading the rows after its
/// last one and the list of removals. A background task moves rows from the exact index into the approximate one; a search asks both, so it
/// never waits for that task and never misses a row.
/// </remarks>
internal sealed partial class VectorSet : IDisposable
{
    // Vectors are read and added in blocks.
    private const int RowsPerBlock = 1024;

    /// <summary>From this number of vectors on, the first searches scan the table. Fewer are loaded in a moment.</summary>
    internal const long ScanFrom = 10_000;

    private readonly StoreFolder _folder;
    private readonly long _collection;
    private readonly VectorColumn _column;
    private readonly string _table;
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Lock _startingToLoad = new();
    private readonly string _name;
    private Task? _loading;
    private IndexPart? _exact;
    private IndexPart? _graph;

    // The change of the collection that the set reflects, and the last row that it has read.
    private long _sequence = -1;
    private long _last;

    // Differs after everything was read anew.
    private int _generation;

    public VectorSet(StoreFolder folder, CollectionRow collection, VectorColumn column)
    {
        (_folder, _collection, _name, _column) = (folder, collection.Id, collection.Name, column);
        _table = CollectionTables.Vectors(collection.Id, column.Name);
    }

    /// <summary>The dimensions of each vector.</summary>
    private int Dimensions => _column.Property.Dimensions;

    /// <summary>Waits for the load that the first search began, if there is one.</summary>
    public Task LoadedAsync() => _loading ?? Task.CompletedTask;

    /// <summary>Runs a search in the state of a collection's row as a connection sees it.</summary>
    /// <returns>False if the set is newer already: read again in a new snapshot.</returns>
    public bool TrySearch(StoreConnection connection, CollectionRow collection, Func<VectorSearch, RowHit[]> search, out RowHit[] hits)
    {
        if (IsLoading(connection))
        {
            return TryScan(collection, search, out hits);
        }

        if (Volatile.Read(ref _sequence) < collection.Sequence)
        {
            Refresh(connection, collection);
        }

        _lock.EnterReadLock();
        try
        {
            hits = [];
            if (_sequence != collection.Sequence)
            {
                return false;
            }

            hits = search(new VectorSearch(_exact!, _graph));
            return true;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Dispose()
    {
        // A load ends early when its folder closes. That it failed is no news: searches tell it.
        _loading?.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        StopGrowing();
        _lock.EnterWriteLock();
        Clear();
        _lock.ExitWriteLock();
    }

    // The first search of a process does not wait until many vectors are loaded.
    private bool IsLoading(StoreConnection connection) =>
        Volatile.Read(ref _sequence) < 0
        && (Volatile.Read(ref _loading) is { } loading
            ? !loading.IsCompleted
            : connection.Value($"SELECT max(id) FROM {_table}") is >= ScanFrom);

    private bool TryScan(CollectionRow collection, Func<VectorSearch, RowHit[]> search, out RowHit[] hits)
    {
        var scan = new TableScan(_folder, collection, _column);
        hits = search(new VectorSearch(scan));
        StartLoading();
        return !scan.IsTorn;
    }

    // After the first scan, so that both do not share the cores.
    private void StartLoading()
    {
        lock (_startingToLoad)
        {
            _loading ??= Task.Run(() => _folder.Read<object>(connection =>
            {
                if (CollectionRow.Find(connection, _name) is { } row && row.Id == _collection)
                {
                    Refresh(connection, row);
                }

                return null;
            }));
        }
    }

    private void Clear()
    {
        _exact?.Dispose();
        _graph?.Dispose();
        (_exact, _graph, _sequence, _last) = (null, null, -1, 0);
        _generation++;
    }

    private void Refresh(StoreConnection connection, CollectionRow collection)
    {
        _lock.EnterWriteLock();
        try
        {
            if (_sequence >= collection.Sequence)
            {
                return;
            }

            if (_sequence >= 0 && _sequence < collection.Trimmed)
            {
                // Removals that this set has not seen are no longer listed.
                Clear();
            }

            _exact ??= NewExact();
            if (_sequence < 0)
            {
                OpenSnapshot(connection, collection);
            }
            else
            {
                RemoveVanished(connection, _sequence);
            }

            Load(connection);
            _sequence = collection.Sequence;
        }
        catch
        {
            // A set that was interrupted is no state of the database: the next search reads everything.
            Clear();
            throw;
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        GrowIfUseful();
    }

    private IndexPart NewExact()
    {
        var isHalf = _column.IndexKind == IndexKind.QuantizedFlat && _column.Distance.Metric is (Metric.Cosine or Metric.Dot or Metric.L2);
        var options = new FlatOptions { Rows = isHalf ? RowType.Float16 : RowType.Float32 };
        return new(new FlatIndex(_column.Distance.Metric, Dimensions, options), new RowMap());
    }

    private void RemoveVanished(StoreConnection connection, long since)
    {
        using var rows = connection.Rows($"SELECT record FROM removals_{_collection} WHERE sequence > $0", since);
        while (rows.Read())
        {
            var row = rows.GetInt64(0);
            if (!_exact!.Remove(row))
            {
                _graph?.Remove(row);
            }
        }
    }

    private void Load(StoreConnection connection)
    {
        using var rows = connection.Rows($"SELECT id, vector, content FROM {_table} WHERE id > $0 ORDER BY id", _last);
        var ids = new long[RowsPerBlock];
        var block = new float[RowsPerBlock * Dimensions];
        for (var count = RowsPerBlock; count == RowsPerBlock;)
        {
            ObjectDisposedException.ThrowIf(_folder.IsClosed, typeof(SimileVectorStore));
            for (count = 0; count < RowsPerBlock && rows.Read(); count++)
            {
                ids[count] = _last = rows.GetInt64(0);
                Vector(_last, StoreConnection.Bytes(rows, 1), rows.GetInt64(2)).CopyTo(block.AsSpan(count * Dimensions));
            }

            _exact!.Add(ids.AsSpan(0, count), new VectorMatrix(block.AsMemory(0, count * Dimensions), Dimensions));
        }
    }

    private ReadOnlySpan<float> Vector(long row, ReadOnlySpan<byte> bytes, long content) =>
        StoredVector.Checked(_folder, _column, row, bytes, content);
}

/// <summary>A search in the parts of a set.</summary>
internal readonly struct VectorSearch
{
    private readonly IndexPart? _exact;
    private readonly IndexPart? _graph;
    private readonly TableScan? _scan;

    public VectorSearch(IndexPart exact, IndexPart? graph) => (_exact, _graph) = (exact, graph);

    public VectorSearch(TableScan scan) => _scan = scan;

    /// <summary>Whether every vector is compared.</summary>
    public bool IsExact => _graph is null;

    /// <summary>The rows closest to a query, best first; equal scores by row.</summary>
    public RowHit[] Nearest(ReadOnlySpan<float> query, int top, RowFilter? allowed) => Sorted(
        [
            .. _exact?.Search(query, top, allowed) ?? [],
            .. _graph?.Search(query, top, allowed) ?? [],
            .. _scan?.Nearest(query, top, allowed) ?? [],
        ],
        top);

    /// <summary>The rows with at least a score, best first; equal scores by row.</summary>
    public RowHit[] Range(ReadOnlySpan<float> query, float score, RowFilter? allowed) => Sorted(
        [
            .. _exact?.SearchRange(query, score, allowed) ?? [],
            .. _graph?.SearchRange(query, score, allowed) ?? [],
            .. _scan?.Range(query, score, allowed) ?? [],
        ],
        int.MaxValue);

    private static RowHit[] Sorted(RowHit[] hits, int top)
    {
        Array.Sort(hits, static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Row.CompareTo(b.Row));
        return hits.Length > top ? hits[..top] : hits;
    }
}
