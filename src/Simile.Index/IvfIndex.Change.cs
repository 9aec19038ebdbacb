using Simile.Index.Ivf;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Adding, replacing, removing.</content>
public sealed partial class IvfIndex
{
    private const int Free = -1;

    /// <inheritdoc/>
    public override int Add(ReadOnlySpan<float> vector)
    {
        Check(vector);
        lock (_writer)
        {
            var reused = _free.TryPop(out var id);
            id = reused ? id : _limit;
            Reserve(id + 1L);
            _rows.MakeWritable(id);
            MetricScore.Prepare(Metric, vector, _rows.Row(id)); // no search reads it before it is in a list
            Insert(id, PlaceOf(_rows.Row(id)));
            if (ShouldTrain(_count))
            {
                Retrain();
            }

            return id;
        }
    }

    /// <inheritdoc/>
    public override int Add(VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        Check(vectors);
        lock (_writer)
        {
            var first = _limit;
            Reserve((long)first + vectors.Count);
            Parallel.For(0, vectors.Count, i =>
            {
                _rows.MakeWritable(first + i);
                MetricScore.Prepare(Metric, vectors[i], _rows.Row(first + i));
            });
            InsertAll(first, vectors.Count, progress, cancellationToken);
            return first;
        }
    }

    /// <inheritdoc/>
    public override void Update(int id, ReadOnlySpan<float> vector)
    {
        Check(vector);
        lock (_writer)
        {
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
        }
    }

    /// <inheritdoc/>
    public override bool Remove(int id)
    {
        lock (_writer)
        {
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
            _free.Push(id);
            TrainWhenShrunk();
            return true;
        }
    }

    private void Insert(int id, Place place) => Write(() =>
    {
        Put(id, place);
        _limit = Math.Max(_limit, id + 1);
        _count++;
    });

    // Many at once come with new lists where that is due; else their places are found first, so that a cancelled call has put none.
    private void InsertAll(int first, int count, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (ShouldTrain(_count + (long)count))
        {
            var work = new TrainingWork(count, progress, cancellationToken);
            var partition = Train([.. HeldIds(), .. Enumerable.Range(first, count)], work, out var listOf);
            var old = _partition;
            Write(() => (_partition, _listOf, _limit, _count) = (partition, listOf, first + count, _count + count));
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

    private void Reserve(long limit)
    {
        var most = Array.MaxLength;
        if (limit > most)
        {
            throw new ArgumentException($"An IVF index holds at most {most:N0} vectors; this would be number {limit:N0}.");
        }

        _rows.Reserve((int)limit);
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
        _gate.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private readonly record struct Place(int List, byte[] Symbols, float Term);
}
