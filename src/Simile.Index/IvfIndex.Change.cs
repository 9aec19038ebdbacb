using System.Runtime.ExceptionServices;
using Simile.Index.Ivf;
using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Adding, replacing, removing.</content>
public sealed partial class IvfIndex
{
    private const int Free = -1;

    // The index whose progress is reported. Reports come from worker threads, which must not wait for the change to end.
    private static readonly AsyncLocal<IvfIndex?> Reporting = new();

    /// <inheritdoc/>
    public override int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        using var change = Change();
        var id = TakeIds(1);
        _rows.Place(id, 1);
        MetricScore.Prepare(Metric, vector, _rows.Row(id)); // no search reads it before it is in a list
        Insert(id, PlaceOf(_rows.Row(id)));
        if (ShouldTrain(_count))
        {
            Retrain();
        }

        CheckWhenDue(1);
        return id;
    }

    /// <inheritdoc/>
    public override int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Check(vectors);
        using var change = Change();
        var first = TakeIds(vectors.Count);
        _rows.Place(first, vectors.Count);
        Reporting.Value = progress is null ? null : this;
        try
        {
            Parallel.For(0, vectors.Count, i => MetricScore.Prepare(Metric, vectors[i], _rows.Row(first + i)));
            InsertAll(first, vectors.Count, progress, cancellationToken);
            CheckWhenDue(vectors.Count);
        }
        catch (Exception e)
        {
            GiveBack(first, vectors.Count);
            ExceptionDispatchInfo.Throw(e is AggregateException many ? many.Flatten().InnerExceptions[0] : e);
        }
        finally
        {
            Reporting.Value = null;
        }

        return first;
    }

    /// <inheritdoc/>
    public override void Update(int id, ReadOnlySpan<float> vector)
    {
        Check(vector);
        using var change = Change();
        if (!IsHeld(id))
        {
            throw new ArgumentException($"No vector has the id {id}: add it instead.", nameof(id));
        }

        var prepared = new float[Dimensions];
        MetricScore.Prepare(Metric, vector, prepared);
        _rows.MakeWritable(id);
        var place = PlaceOf(prepared);
        Write(() =>
        {
            _partition?.Lists[_listOf[id]].Remove(id);
            prepared.CopyTo(_rows.Row(id));
            Put(id, place);
        });
        _goneSinceTrained++;
        CheckWhenDue(1);
    }

    /// <inheritdoc/>
    public override bool Remove(int id)
    {
        using var change = Change();
        if (!IsHeld(id))
        {
            return false;
        }

        Write(() =>
        {
            _partition?.Lists[_listOf[id]].Remove(id);
            _listOf[id] = Free;
            _count--;
        });
        _rows.Release(id);
        _free.Add(id);
        _goneSinceTrained++;
        TrainWhenShrunk();
        CheckWhenDue(1);
        return true;
    }

    private void Insert(int id, Place place) => Write(() =>
    {
        Put(id, place);
        _limit = Math.Max(_limit, id + 1);
        _count++;
    });

    // A large batch trains new lists if needed. Otherwise positions are reserved first, so that a canceled call adds nothing.
    private void InsertAll(int first, int count, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (ShouldTrain(_count + (long)count))
        {
            var work = new TrainingWork(count, progress, cancellationToken);
            var partition = Train([.. HeldIds(), .. Enumerable.Range(first, count)], work, out var listOf);
            var old = _partition;
            Write(() => (_partition, _listOf, _limit, _count) = (partition, listOf, Math.Max(_limit, first + count), _count + count));
            old?.Dispose();
            return;
        }

        var places = PlacesOf([.. Enumerable.Range(first, count)], new TrainingWork(count, progress, cancellationToken));
        for (var i = 0; i < count; i++)
        {
            Insert(first + i, places[i]);
        }
    }

    private Place[] PlacesOf(int[] ids, TrainingWork work)
    {
        var places = new Place[ids.Length];
        if (_partition is not { } partition)
        {
            Array.Fill(places, new Place(0, [], 0));
            return places;
        }

        work.Expect(ids.Length);
        var nearest = Assign(ids, partition.Axes, partition.Centroids, work);
        Parallel.For(0, ids.Length, i => places[i] = PlaceIn(partition, nearest[i], _rows.Row(ids[i])));
        return places;
    }

    private void Put(int id, Place place)
    {
        _sinceTrained++;
        _listOf[id] = place.List;
        _partition?.Lists[place.List].Add(id, place.Symbols, place.Term);
    }

    private Place PlaceOf(ReadOnlySpan<float> vector)
    {
        if (_partition is not { } partition)
        {
            return new Place(0, [], 0);
        }

        var coordinates = new float[partition.Width];
        partition.Project(vector, coordinates);
        return PlaceIn(partition, partition.Nearest(coordinates), vector);
    }

    private static Place PlaceIn(IvfPartition partition, int list, ReadOnlySpan<float> vector)
    {
        var symbols = new byte[partition.Quantizer.Subspaces];
        return new Place(list, symbols, partition.Encode(vector, list, symbols, new CodingScratch(partition.Width)));
    }

    private IEnumerable<int> HeldIds() => Enumerable.Range(0, _limit).Where(IsHeld);

    // Successive ids: free ones, or new ones. If free ids are not successive, at least their rows are reused.
    private int TakeIds(int count)
    {
        var first = _free.Take(count);
        if (first != FreeIds.None)
        {
            return first;
        }

        Reserve(_limit + (long)count);
        if (count > 0 && _free.Count > 0)
        {
            _rows.Scatter(_limit, _free.Ids);
        }

        return _limit;
    }

    // Ids reserved by a call that failed.
    private void GiveBack(int first, int count)
    {
        for (var id = first; id < first + count; id++)
        {
            _rows.Release(id);
            if (id < _limit)
            {
                _free.Add(id);
            }
        }
    }

    private void Reserve(long limit)
    {
        var most = Array.MaxLength;
        if (limit > most)
        {
            throw new ArgumentException($"An IVF index holds at most {most:N0} vectors; this would be number {limit:N0}.");
        }

        if (limit > _listOf.Length)
        {
            var larger = new int[(int)Math.Min(most, Math.Max(limit, _listOf.Length * 9L / 8))];
            _listOf.CopyTo(larger, 0);
            Array.Fill(larger, Free, _limit, larger.Length - _limit);
            Write(() => _listOf = larger);
        }
    }

    private void Write(Action change)
    {
        using var writing = _gate.Write();
        change();
    }

    private readonly record struct Place(int List, byte[] Symbols, float Term);
}
