namespace Simile.Index.Tuning;

/// <summary>Measures recall: compares the results of searches for some vectors with an exact scan.</summary>
internal sealed class RecallCheck
{
    private const int Block = 1024;

    // Of large sets fewer queries say as much as the time is worth: so many numbers are compared at most, while there are enough queries.
    private const long MostCompared = 1 << 27;
    private const int FewestQueries = 16;
    private const int MostQueries = 256;
    private const int FewQueries = 32;

    // Among the queries to come as many are taken to be far off: a tenth.
    private const double FarShare = 0.1;

    private readonly int _nearest;
    private readonly int _common;
    private readonly int[] _queries;
    private readonly float[][] _vectors;
    private readonly float[] _own;
    private readonly float[] _least;

    /// <summary>Chooses queries (<see cref="CheckQueries"/>), and finds how well their nearest score.</summary>
    /// <param name="dimensions">Of the vectors.</param>
    /// <param name="ids">All vectors.</param>
    /// <param name="copy">Copies one.</param>
    /// <param name="score">Scores one.</param>
    /// <param name="nearest">How many answers count.</param>
    public RecallCheck(int dimensions, int[] ids, RowCopy copy, RowScore score, int nearest)
    {
        _nearest = nearest;
        var (common, far) = CheckQueries.Choose(ids, copy, dimensions, CountOf(ids.Length, dimensions));
        (_common, _queries) = (common.Length, [.. common, .. far]);
        _vectors = Array.ConvertAll(_queries, id =>
        {
            var vector = new float[dimensions];
            copy(id, vector);
            return vector;
        });
        _own = Lowered([.. _queries.Select((id, i) => score(_vectors[i], id))]);
        _least = Lowered(Least(ids, score));
    }

    public delegate void RowCopy(int id, Span<float> row);

    public delegate float RowScore(ReadOnlySpan<float> query, int id);

    public delegate int Search(float[] query, Span<Hit> hits);

    /// <summary>The vectors of the sample that are not far off, and for each the exact score of the last neighbor that counts.</summary>
    public IEnumerable<(float[] Vector, float Score)> Neighbors => _vectors.Zip(_least).Take(_common);

    /// <summary>The recall measured on the sample, minus one standard error, because a sample may be lucky.</summary>
    public double Recall(Search search)
    {
        var shares = new double[_queries.Length];
        Parallel.For(0, _queries.Length, i => shares[i] = Share(i, search));
        var (common, commonError) = Mean(shares.AsSpan(0, _common));
        var (far, farError) = Mean(shares.AsSpan(_common));
        var error = Math.Sqrt((Square(1 - FarShare) * Square(commonError)) + (Square(FarShare) * Square(farError)));
        return ((1 - FarShare) * common) + (FarShare * far) - error;
    }

    private static int CountOf(int vectors, int dimensions)
    {
        var fewest = vectors > 200_000 ? FewestQueries : FewQueries;
        return (int)Math.Clamp(MostCompared / ((long)Math.Max(1, vectors) * dimensions), fewest, MostQueries);
    }

    // What scores as the last of the nearest is as good. A vector that does not find itself, or an equal one, is lost.
    private double Share(int query, Search search)
    {
        var hits = new Hit[_nearest + 1];
        var found = hits.AsSpan(0, search(_vectors[query], hits));
        var right = 0;
        foreach (var hit in found)
        {
            right += hit.Id != _queries[query] && hit.Score >= _least[query] ? 1 : 0;
        }

        var lost = _own[query] > _least[query] && (found.IsEmpty || found[0].Score < _own[query]);
        return lost ? 0 : Math.Min(right, _nearest) / (double)_nearest;
    }

    // A search may score a little less: it brings the query to length 1 once more.
    private static float[] Lowered(float[] scores) => Array.ConvertAll(scores, score => score - (1e-6f * MathF.Abs(score)));

    private static (double Mean, double Error) Mean(ReadOnlySpan<double> shares)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var share in shares)
        {
            sum += share;
            squares += share * share;
        }

        var mean = sum / Math.Max(1, shares.Length);
        return (mean, Math.Sqrt(Math.Max(0, (squares / Math.Max(1, shares.Length)) - (mean * mean)) / Math.Max(1, shares.Length)));
    }

    private static double Square(double value) => value * value;

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
        return [.. hits.Select(
            (found, i) => counts[i] == 0 ? float.NegativeInfinity : found.AsSpan(0, counts[i]).ToArray().Min(hit => hit.Score))];
    }
}
