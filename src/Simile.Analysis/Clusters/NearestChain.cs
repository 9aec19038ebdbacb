using System.Numerics;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Merges reciprocal nearest neighbors, found by nearest-neighbor chains.</summary>
internal sealed class NearestChain
{
    private readonly Linkage _linkage;
    // row i: the distances of the group that row i stands for; the upper and the lower triangle are kept alike
    private readonly VectorMatrix _between;
    private readonly int[] _sizes; // 0: joined to another
    private readonly List<int> _chain = [];

    public NearestChain(Distances distances, Linkage linkage)
    {
        _linkage = linkage;
        _between = new VectorMatrix(distances.Count, Math.Max(1, distances.Count));
        _sizes = new int[distances.Count];
        _sizes.AsSpan().Fill(1);
        Parallel.For(0, distances.Count, i =>
        {
            distances.Write(i, 0, _between[i]);
            _between[i][i] = float.PositiveInfinity;
        });
    }

    /// <summary>The merges, each as two rows of the merged groups.</summary>
    public SpanningEdge[] Run(IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var joins = new SpanningEdge[_sizes.Length - 1];
        for (var i = 0; i < joins.Length; i++)
        {
            if (i % 256 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new("joins", i, joins.Length));
            }

            joins[i] = Next();
        }

        return joins;
    }

    private SpanningEdge Next()
    {
        if (_chain.Count == 0)
        {
            _chain.Add(Array.FindIndex(_sizes, s => s > 0));
        }

        while (true)
        {
            var last = _chain[^1];
            var before = _chain.Count > 1 ? _chain[^2] : -1;
            var nearest = NearestOf(last, before);
            if (nearest == before)
            {
                _chain.RemoveRange(_chain.Count - 2, 2);
                var (into, from) = (Math.Min(last, before), Math.Max(last, before));
                var edge = new SpanningEdge(into, from, _between[into][from]);
                Join(into, from);
                return edge;
            }

            _chain.Add(nearest);
        }
    }

    // Ties go to the previous group of the chain, so that the chain ends. Merged groups are infinitely far.
    private int NearestOf(int group, int before)
    {
        var row = _between[group];
        var nearest = row.IndexOf(Least(row));
        return before >= 0 && row[before] == row[nearest] ? before : nearest;
    }

    private static float Least(ReadOnlySpan<float> row)
    {
        var least = new Vector<float>(float.PositiveInfinity);
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            least = Vector.Min(least, new Vector<float>(row[i..]));
        }

        var result = float.PositiveInfinity;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            result = Math.Min(result, least[lane]);
        }

        for (; i < row.Length; i++)
        {
            result = Math.Min(result, row[i]);
        }

        return result;
    }

    private void Join(int into, int from)
    {
        var a = _between[into];
        var b = _between[from];
        float sizeA = _sizes[into], sizeB = _sizes[from];
        for (var i = 0; i < a.Length; i++)
        {
            if (_sizes[i] == 0 || i == into || i == from)
            {
                continue;
            }

            a[i] = _linkage switch
            {
                Linkage.Average => ((sizeA * a[i]) + (sizeB * b[i])) / (sizeA + sizeB),
                Linkage.Complete => Math.Max(a[i], b[i]),
                _ => Math.Min(a[i], b[i]),
            };
            _between[i][into] = a[i];
            _between[i][from] = float.PositiveInfinity;
        }

        a[from] = float.PositiveInfinity;
        _sizes[into] += _sizes[from];
        _sizes[from] = 0;
    }
}
