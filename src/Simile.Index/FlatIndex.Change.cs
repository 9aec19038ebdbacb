using System.Buffers;
using Simile.Index.Flat;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Adding, replacing, removing.</content>
public sealed partial class FlatIndex
{
    private const int RowsAReport = 4096;

    /// <summary>Below this size everything is in the caches anyway, and tests need codes on small data.</summary>
    internal int CodesFrom { get; init; } = 1 << 22;

    /// <inheritdoc/>
    public override int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        using var writing = _lock.Write();
        Reserve(1);
        Write(_ids.Count, vector);
        var id = _ids.Append(1);
        MakeCodes();
        return id;
    }

    /// <inheritdoc/>
    public override int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Check(vectors);
        using var writing = _lock.Write();
        Reserve(vectors.Count);
        for (var i = 0; i < vectors.Count; i++)
        {
            if (i % RowsAReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(i);
            }

            Write(_ids.Count + i, vectors[i]);
        }

        var first = _ids.Append(vectors.Count);
        MakeCodes();
        return first;
    }

    /// <inheritdoc/>
    public override void Update(int id, ReadOnlySpan<float> vector)
    {
        Check(vector);
        using var writing = _lock.Write();
        var row = _ids.RowOf(id);
        if (row < 0)
        {
            throw new ArgumentException($"No vector has the id {id}: only an existing vector can be replaced.");
        }

        Reserve(0);
        Write(row, vector);
    }

    /// <inheritdoc/>
    public override bool Remove(int id)
    {
        using var writing = _lock.Write();
        if (_ids.RowOf(id) < 0)
        {
            return false;
        }

        Reserve(0);
        var row = _ids.Remove(id);
        _rows.Move(_ids.Count, row);
        return true;
    }

    private void MakeCodes()
    {
        if (_options.Codes && (long)_ids.Count * Dimensions >= CodesFrom && _rows is NumberRows rows)
        {
            rows.MakeCodes(_ids.Count);
        }
    }

    private void Write(int row, ReadOnlySpan<float> vector)
    {
        if (Metric != Metric.Cosine)
        {
            _rows.Write(row, vector);
            return;
        }

        var rented = ArrayPool<float>.Shared.Rent(Dimensions);
        var unit = rented.AsSpan(0, Dimensions);
        VectorMath.Normalize(vector, unit);
        _rows.Write(row, unit);
        ArrayPool<float>.Shared.Return(rented);
    }

    // A batch grows the capacity exactly, a single vector by a quarter.
    private void Reserve(int more)
    {
        var needed = (long)_ids.Count + more;
        if (needed > Array.MaxLength || (long)_ids.Limit + more > Array.MaxLength)
        {
            throw new ArgumentException($"A flat index holds at most {Array.MaxLength:N0} vectors; this would be number {needed:N0}.");
        }

        if (needed > _rows.Capacity || _rows.Mapped)
        {
            var room = more == 0 ? _rows.Capacity : Math.Min(Array.MaxLength, (_rows.Capacity * 5L / 4) + 16);
            _rows.Grow((int)Math.Max(needed, room), _ids.Count);
            _lock.Watched = null;
        }
    }
}
