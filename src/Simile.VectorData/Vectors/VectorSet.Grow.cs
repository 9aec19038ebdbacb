using Microsoft.Extensions.VectorData;
using Simile.Index;
using Simile.Numerics;
using Simile.VectorData.Storage;

namespace Simile.VectorData.Vectors;

/// <content>The approximate index of a large collection: built and extended in the background.</content>
internal sealed partial class VectorSet
{
    /// <summary>From this number of vectors on, an index that is asked for by name is built. Below, a scan is as fast.</summary>
    internal const int NamedFrom = 10_000;

    /// <summary>The same where the kind is left to the store: scans stay exact up to here, and take a few milliseconds.</summary>
    internal const int DynamicFrom = 100_000;

    // Rows that wait in the exact index cost time in each search; moving few at a time costs more in the index.
    private const int LeastMoved = 2_000;

    private const int RowsPerMove = 4_096;

    private readonly Lock _growing = new();
    private readonly Lock _moving = new();
    private Task? _growth;
    private CancellationTokenSource? _stop;

    private bool IsApproximate => _column.Distance.Metric is (Metric.Cosine or Metric.Dot or Metric.L2)
        && _column.IndexKind is (IndexKind.Hnsw or IndexKind.IvfFlat or IndexKind.Dynamic);

    private int GraphFrom => _column.IndexKind == IndexKind.Dynamic ? DynamicFrom : NamedFrom;

    /// <summary>Moves all rows into the approximate index, if the collection is large enough for one, and saves it.</summary>
    public async Task OptimizeAsync(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        await Task.Run(
            () =>
            {
                StopGrowing();
                Grow(least: 1, progress, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void GrowIfUseful()
    {
        if (!IsUseful(LeastMoved))
        {
            return;
        }

        lock (_growing)
        {
            if (_growth is null or { IsCompleted: true } && !_folder.IsClosed)
            {
                _stop = new CancellationTokenSource();
                var token = _stop.Token;
                _growth = Task.Run(() => GrowQuietly(token), CancellationToken.None);
            }
        }
    }

    private bool IsUseful(int least)
    {
        var (waiting, moved) = (_exact?.Rows.Count ?? 0, _graph?.Rows.Count ?? 0);
        return IsApproximate && waiting + moved >= GraphFrom && waiting >= Math.Max(least, least == 1 ? 1 : moved / 20);
    }

    private void StopGrowing()
    {
        lock (_growing)
        {
            _stop?.Cancel();
            try
            {
                _growth?.Wait();
            }
            finally
            {
                _stop?.Dispose();
                (_stop, _growth) = (null, null);
            }
        }
    }

    // An index is a cache: where it cannot be built, scans answer.
    private void GrowQuietly(CancellationToken cancellationToken)
    {
        try
        {
            Grow(LeastMoved, progress: null, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or UnauthorizedAccessException
            or ObjectDisposedException or Microsoft.Data.Sqlite.SqliteException)
        {
        }
    }

    private void Grow(int least, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        lock (_moving)
        {
            var moved = 0;
            while (IsUseful(moved > 0 ? 1 : least))
            {
                cancellationToken.ThrowIfCancellationRequested();
                moved += Move(_graph is null ? int.MaxValue : RowsPerMove, progress, cancellationToken);
            }

            if (moved > 0)
            {
                SaveSnapshot(cancellationToken);
            }
        }
    }

    // The oldest rows of the exact index, which follow all those of the approximate one.
    private int Move(int most, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var (rows, generation) = Waiting(most);
        var vectors = Read(rows);
        var graph = _graph ?? new IndexPart(NewGraph(), new RowMap());
        var first = graph.Index.Add(vectors, progress, cancellationToken);
        _lock.EnterWriteLock();
        try
        {
            if (_generation != generation)
            {
                throw new OperationCanceledException("The vectors were read anew.");
            }

            for (var i = 0; i < rows.Length; i++)
            {
                // A row that was removed meanwhile is not kept.
                if (_exact!.Remove(rows[i]))
                {
                    graph.Rows.Add(rows[i], first + i);
                }
                else
                {
                    graph.Index.Remove(first + i);
                }
            }

            _graph = graph;
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        return rows.Length;
    }

    private (long[] Rows, int Generation) Waiting(int most)
    {
        _lock.EnterReadLock();
        try
        {
            var rows = _exact!.Rows.Rows.ToArray();
            Array.Sort(rows);
            return (rows.Length > most ? rows[..most] : rows, _generation);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    // Rows that are gone from the database are zero here, and are dropped by Move.
    private VectorMatrix Read(long[] rows)
    {
        var vectors = new VectorMatrix(rows.Length, Dimensions);
        _folder.Read(connection =>
        {
            using var stored = connection.Rows(
                $"SELECT id, vector, content FROM {_table} WHERE id BETWEEN $0 AND $1 ORDER BY id", rows[0], rows[^1]);
            var i = 0;
            while (stored.Read())
            {
                var row = stored.GetInt64(0);
                while (i < rows.Length && rows[i] < row)
                {
                    i++;
                }

                if (i < rows.Length && rows[i] == row)
                {
                    Vector(row, StoreConnection.Bytes(stored, 1), stored.GetInt64(2)).CopyTo(vectors[i]);
                }
            }

            return i;
        });
        return vectors;
    }

    private VectorIndex NewGraph() => _column.IndexKind == IndexKind.IvfFlat
        ? new IvfIndex(_column.Distance.Metric, Dimensions)
        : new HnswIndex(_column.Distance.Metric, Dimensions);
}
