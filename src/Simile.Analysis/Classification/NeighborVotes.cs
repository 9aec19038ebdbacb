using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Votes of the nearest examples, weighted by 1 / distance, as scikit-learn's <c>weights="distance"</c>. If some have distance 0, only
/// those vote.
/// </summary>
internal sealed class NeighborVotes : IDisposable
{
    private readonly FlatIndex _index;
    private readonly VectorMatrix _examples;
    private readonly int[] _labels;
    private readonly int _classes;
    private readonly int _neighbors;

    public NeighborVotes(VectorMatrix examples, int[] labels, int classes, int neighbors, Metric metric)
    {
        (_examples, _labels, _classes, _neighbors) = (examples, labels, classes, neighbors);
        _index = new FlatIndex(metric, examples.Dimensions);
        _index.Add(examples);
    }

    public VectorMatrix Examples => _examples;

    public int[] Labels => _labels;

    /// <summary>n × classes: the shares of votes.</summary>
    public VectorMatrix Shares(VectorMatrix vectors)
    {
        var shares = new VectorMatrix(vectors.Count, _classes);
        var answers = _index.Search(vectors, _neighbors);
        Parallel.For(0, answers.Length, i => Count(vectors[i], answers[i], shares[i]));
        return shares;
    }

    public void Dispose() => _index.Dispose();

    private void Count(ReadOnlySpan<float> vector, Hit[] hits, Span<float> shares)
    {
        var (votes, sum) = (new double[hits.Length], 0.0);
        for (var i = 0; i < hits.Length; i++)
        {
            votes[i] = 1 / Distance(vector, hits[i]);
        }

        var touched = votes.Any(double.IsPositiveInfinity);
        for (var i = 0; i < hits.Length; i++)
        {
            votes[i] = !touched ? votes[i] : double.IsPositiveInfinity(votes[i]) ? 1 : 0;
            sum += votes[i];
        }

        for (var i = 0; i < hits.Length; i++)
        {
            shares[_labels[hits[i].Id]] += (float)(votes[i] / sum);
        }
    }

    // A cosine near 1 has few significant digits of its distance as a float.
    private double Distance(ReadOnlySpan<float> vector, Hit hit)
    {
        if (_index.Metric != Metric.Cosine)
        {
            return NeighborGraph.Distance(_index.Metric, hit.Score, vector.Length);
        }

        var example = _examples[hit.Id];
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var j = 0; j < vector.Length; j++)
        {
            (xy, xx, yy) =
                (xy + ((double)vector[j] * example[j]), xx + ((double)vector[j] * vector[j]), yy + ((double)example[j] * example[j]));
        }

        var distance = xx == 0 || yy == 0 ? 1 : 1 - (xy / Math.Sqrt(xx * yy));
        return distance < 1e-15 ? 0 : distance;
    }
}
