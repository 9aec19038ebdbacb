namespace Simile.Index.Tuning;

/// <summary>Compares what searches find of the nearest of some vectors with a look at all.</summary>
internal sealed class RecallCheck
{
    private const int Block = 1024;

    // Of large sets fewer queries say as much as that is worth.
    private const int Large = 50_000;

    private readonly int _nearest;
    private readonly int[] _queries;
    private readonly float[][] _vectors;
    private readonly float[] _least;

    /// <summary>Chooses queries, spread evenly, and finds how well their nearest score.</summary>
    /// <param name="dimensions">Of the vectors.</param>
    /// <param name="ids">All vectors.</param>
    /// <param name="copy">Copies one.</param>
    /// <param name="score">Scores one.</param>
    /// <param name="queries">How many are tried, of a small set.</param>
    /// <param name="nearest">How many answers count.</param>
    public RecallCheck(int dimensions, int[] ids, RowCopy copy, RowScore score, int queries, int nearest)
    {
        _nearest = nearest;
        var count = Math.Min(ids.Length > 4 * Large ? queries / 4 : ids.Length > Large ? queries / 2 : queries, ids.Length);
        _queries = [.. Enumerable.Range(0, count).Select(i => ids[(int)(((2L * i) + 1) * ids.Length / (2 * count))])];
        _vectors = Array.ConvertAll(_queries, id =>
        {
            var vector = new float[dimensions];
            copy(id, vector);
            return vector;
        });
        _least = Least(ids, score);
    }

    public delegate void RowCopy(int id, Span<float> row);

    public delegate float RowScore(ReadOnlySpan<float> query, int id);

    public delegate int Search(float[] query, Span<Hit> hits);

    /// <summary>The share of the nearest that searches find; what scores as the last of them is as good.</summary>
    public double Recall(Search search)
    {
        var found = new int[_queries.Length];
        Parallel.For(0, _queries.Length, i =>
        {
            var hits = new Hit[_nearest + 1];
            foreach (var hit in hits.AsSpan(0, search(_vectors[i], hits)))
            {
                found[i] += hit.Id != _queries[i] && hit.Score >= _least[i] ? 1 : 0;
            }
        });
        return found.Average(count => Math.Min(count, _nearest)) / _nearest;
    }

    // Block by block for all queries, so that each row is read from memory once.
    private float[] Least(int[] ids, RowScore score)
    {
        var hits = _queries.Select(_ => new Hit[_nearest]).ToArray();
        var counts = new int[hits.Length];
        Parallel.For(0, (ids.Length + Block - 1) / Block, block =>
        {
            var part = ids.AsSpan(block * Block, Math.Min(Block, ids.Length - (block * Block)));
            var some = new Hit[_nearest];
            for (var i = 0; i < hits.Length; i++)
            {
                var best = new TopK(some);
                foreach (var id in part)
                {
                    if (id != _queries[i])
                    {
                        best.Add(new Hit(id, score(_vectors[i], id)));
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
        return [.. hits.Select((found, i) => counts[i] == 0 ? float.NegativeInfinity : found.AsSpan(0, counts[i]).ToArray().Min(hit => hit.Score))];
    }
}
