using System.Runtime.ExceptionServices;
using Simile.Numerics;
using Simile.VectorData.Model;
using Simile.VectorData.Storage;

namespace Simile.VectorData.Vectors;

/// <summary>
/// Exact search of the stored vectors themselves, on all cores: it answers the first searches of a process, while the vectors are loaded.
/// </summary>
internal sealed class TableScan(StoreFolder folder, CollectionRow collection, VectorColumn column)
{
    // Below, another thread costs more than it saves.
    private const int RowsPerThread = 10_000;

    private readonly string _table = CollectionTables.Vectors(collection.Id, column.Name);

    /// <summary>Whether a part of the database was newer than the collection's row, so that the hits are those of no moment.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The rows closest to a query, best first.</summary>
    public RowHit[] Nearest(ReadOnlySpan<float> query, int top, RowFilter? allowed)
    {
        var prepared = Prepared(query);
        return Scan(allowed, () => new Best(top), (best, row, vector) => best.Add(new RowHit(row, Score(prepared, vector))));
    }

    /// <summary>The rows with at least a score, best first.</summary>
    public RowHit[] Range(ReadOnlySpan<float> query, float score, RowFilter? allowed)
    {
        var prepared = Prepared(query);
        return Scan(allowed, () => new Best(int.MaxValue), (best, row, vector) =>
        {
            var hit = new RowHit(row, Score(prepared, vector));
            if (hit.Score >= score)
            {
                best.Add(hit);
            }
        });
    }

    private bool IsCosine => column.Distance.Metric == Metric.Cosine;

    // As in an index, vectors of unit length are compared by their dot product, so that scores are the same.
    private float[] Prepared(ReadOnlySpan<float> query) => IsCosine ? VectorMath.Normalize(query) : query.ToArray();

    private float Score(float[] prepared, ReadOnlySpan<float> vector)
    {
        if (!IsCosine)
        {
            return column.Distance.Metric.Score(prepared, vector);
        }

        Span<float> unit = vector.Length <= 1024 ? stackalloc float[vector.Length] : new float[vector.Length];
        VectorMath.Normalize(vector, unit);
        return VectorMath.Dot(prepared, unit);
    }

    private delegate void Visit(Best best, long row, ReadOnlySpan<float> vector);

    private RowHit[] Scan(RowFilter? allowed, Func<Best> empty, Visit visit)
    {
        var last = folder.Read<object>(connection => connection.Value($"SELECT max(id) FROM {_table}") ?? 0L) is long id ? id : 0;
        var threads = (int)Math.Clamp(last / RowsPerThread, 1, Environment.ProcessorCount);
        var parts = new Best[threads];
        try
        {
            Parallel.For(0, threads, i =>
            {
                parts[i] = empty();
                Part(last * i / threads, last * (i + 1) / threads, allowed, parts[i], visit);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return [.. parts.SelectMany(part => part.Hits)];
    }

    // The rows after one up to another.
    private void Part(long after, long last, RowFilter? allowed, Best best, Visit visit) => folder.Read<object>(connection =>
    {
        if (CollectionRow.Find(connection, collection.Name) is not { } row
            || row.Id != collection.Id || row.Sequence != collection.Sequence)
        {
            IsTorn = true;
            return null;
        }

        using var rows = connection.Rows($"SELECT id, vector, content FROM {_table} WHERE id > $0 AND id <= $1 ORDER BY id", after, last);
        while (rows.Read())
        {
            var id = rows.GetInt64(0);
            if (allowed is null || allowed.Allows(id))
            {
                visit(best, id, StoredVector.Checked(folder, column, id, StoreConnection.Bytes(rows, 1), rows.GetInt64(2)));
            }
        }

        return null;
    });

    /// <summary>The best hits of a part.</summary>
    private sealed class Best(int top)
    {
        // The worst hit first; of equal scores the later row.
        private readonly PriorityQueue<RowHit, (float Score, long Row)> _hits = new();

        public IEnumerable<RowHit> Hits => _hits.UnorderedItems.Select(item => item.Element);

        public void Add(RowHit hit)
        {
            if (_hits.Count < top)
            {
                _hits.Enqueue(hit, (hit.Score, -hit.Row));
            }
            else if (hit.Score > _hits.Peek().Score)
            {
                _hits.EnqueueDequeue(hit, (hit.Score, -hit.Row));
            }
        }
    }
}
