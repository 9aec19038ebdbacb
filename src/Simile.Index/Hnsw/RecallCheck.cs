using Simile.Index.Memory;

namespace Simile.Index.Hnsw;

/// <summary>Compares what searches find of some vectors' nearest with a look at all.</summary>
internal sealed unsafe class RecallCheck
{
    public delegate int SlotSearch(float[] query, Span<Hit> hits, SearchScratch scratch);

    private const int Block = 1024;

    // Of large sets fewer queries say as much as that is worth.
    private const int Large = 50_000;

    private readonly VectorRows _rows;
    private readonly int[] _queries;
    private readonly int _nearest;
    private readonly float[] _least;

    public RecallCheck(VectorRows rows, int[] slots, int queries, int nearest)
    {
        (_rows, _nearest) = (rows, nearest);
        var count = Math.Min(slots.Length > 4 * Large ? queries / 4 : slots.Length > Large ? queries / 2 : queries, slots.Length);
        _queries = [.. Enumerable.Range(0, count).Select(i => slots[(int)((((2L * i) + 1) * slots.Length) / (2 * count))])];
        _least = Least(slots);
    }

    /// <summary>The share of the nearest that searches find; what scores as the last of them is as good.</summary>
    /// <param name="search">Fills hits of slots and returns how many there are.</param>
    /// <param name="scratches">Where searches work.</param>
    public double Recall(SlotSearch search, ScratchPool scratches)
    {
        var found = new int[_queries.Length];
        Parallel.For(0, _queries.Length, i =>
        {
            var scratch = scratches.Take();
            var query = new float[_rows.Dimensions];
            _rows.CopyTo(_queries[i], query);
            var hits = new Hit[_nearest + 1];
            foreach (var hit in hits.AsSpan(0, search(query, hits, scratch)))
            {
                found[i] += hit.Id != _queries[i] && hit.Score >= _least[i] ? 1 : 0;
            }

            scratches.Return(scratch);
        });
        return found.Average(count => Math.Min(count, _nearest)) / _nearest;
    }

    // Block by block for all queries, so that each row is read from memory once.
    private float[] Least(int[] slots)
    {
        var hits = _queries.Select(_ => new Hit[_nearest]).ToArray();
        var counts = new int[hits.Length];
        using var vectors = new NativeArray<float>((long)hits.Length * _rows.Dimensions);
        for (var i = 0; i < hits.Length; i++)
        {
            _rows.CopyTo(_queries[i], vectors.Slice((long)i * _rows.Dimensions, _rows.Dimensions));
        }

        Parallel.For(0, (slots.Length + Block - 1) / Block, block =>
        {
            var part = slots.AsSpan(block * Block, Math.Min(Block, slots.Length - (block * Block)));
            var some = new Hit[_nearest];
            for (var i = 0; i < hits.Length; i++)
            {
                var best = new TopK(some);
                foreach (var slot in part)
                {
                    if (slot != _queries[i])
                    {
                        best.Add(new Hit(slot, _rows.Score(vectors.Pointer + ((long)i * _rows.Dimensions), slot)));
                    }
                }

                lock (hits[i])
                {
                    var all = new TopK(hits[i], counts[i]);
                    foreach (var hit in some.AsSpan(0, best.Count))
                    {
                        all.Add(hit);
                    }

                    counts[i] = all.Count;
                }
            }
        });
        return [.. hits.Select((found, i) => found.AsSpan(0, counts[i]).ToArray().Min(hit => hit.Score))];
    }
}
