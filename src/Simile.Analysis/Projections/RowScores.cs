using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis.Projections;

/// <summary>Scores of some rows against all rows, block by block; uses matrix products if the metric permits.</summary>
internal sealed class RowScores
{
    private readonly VectorMatrix _rows;
    private readonly Metric _metric;
    private readonly float[] _squares;

    public RowScores(VectorMatrix rows, Metric metric)
    {
        _metric = metric;
        // If rows are far from the origin, rounding of their products would hide their differences.
        _rows = metric == Metric.L2 ? ColumnMeans.Subtract(rows, ColumnMeans.Of(rows)) : new VectorMatrix(rows.Count, rows.Dimensions);
        for (var i = 0; i < rows.Count && metric != Metric.L2; i++)
        {
            MetricScore.Prepare(metric, rows[i], _rows[i]);
        }

        _squares = metric == Metric.L2 ? [.. Enumerable.Range(0, rows.Count).Select(i => Pairwise<Dot>.One(_rows[i], _rows[i]))] : [];
    }

    /// <summary>
    /// Row i holds the scores of row first + i with each row. Under L2 the term that all scores of a row share is omitted.
    /// </summary>
    public VectorMatrix Of(int first, int count)
    {
        var scores = new VectorMatrix(count, _rows.Count);
        if (_metric is Metric.Manhattan or Metric.Hamming)
        {
            for (var i = 0; i < count; i++)
            {
                MetricScore.Rows(_metric, _rows[first + i], _rows.AsSpan(), scores[i]);
            }

            return scores;
        }

        MatrixProduct.TimesTransposed(_rows.Slice(first, count), _rows, scores);
        for (var i = 0; i < count && _metric == Metric.L2; i++)
        {
            Elementwise.Combine(2, scores[i], -1, _squares, scores[i]);
        }

        return scores;
    }
}
