using Simile.Analysis.Projections;
using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Embedding new rows.</content>
public sealed partial class Umap
{
    private const int TransformEpochs = 100;
    private const double TransformRate = 0.25; // of the learning rate, as umap-learn

    /// <summary>
    /// Embeds new rows among the fitted ones, which do not move. A row's position does not depend on the other new rows.
    /// </summary>
    /// <param name="rows">m vectors with the dimensions of the fitted rows.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>m × 2.</returns>
    /// <exception cref="ArgumentException">The rows have other dimensions, or hold NaN or infinity.</exception>
    public VectorMatrix Transform(VectorMatrix rows, CancellationToken cancellationToken = default)
    {
        Inputs.CheckDimensions(rows, _rows.Dimensions);
        var places = new VectorMatrix(rows.Count, 2);
        if (rows.Count == 0)
        {
            return places;
        }

        var k = Math.Min(_rows.Count, _options.Neighbors);
        var hits = NeighborSearch.Run(_rows, rows, k, _options.Metric, _options.ExactNeighborsUpTo, _options.Seed);
        var (x, y) = (Plane.Column(Embedding, 0), Plane.Column(Embedding, 1));
        EachCore.Run(rows.Count, i =>
        {
            var place = Place(hits[i], x, y);
            (places[i][0], places[i][1]) = (place.X, place.Y);
        }, cancellationToken);
        return places;
    }

    private (float X, float Y) Place(Hit[] hits, float[] xs, float[] ys)
    {
        var (columns, rates) = Connect(hits);
        // A new row starts at the weighted mean of its neighbors.
        var (x, y, sum) = (0f, 0f, rates.Sum());
        for (var j = 0; j < columns.Length; j++)
        {
            (x, y) = (x + (rates[j] / sum * xs[columns[j]]), y + (rates[j] / sum * ys[columns[j]]));
        }

        for (var epoch = 0; epoch < TransformEpochs; epoch++)
        {
            var rate = (float)(TransformRate * _options.LearningRate * (1 - ((double)epoch / TransformEpochs)));
            (x, y) = _forces.Move(x, y, columns, rates, xs, ys, epoch, rate, stream: -1);
        }

        return (x, y);
    }

    // As umap-learn connects a new row: only its own directed edges, and local connectivity lowered by one.
    private (int[] Columns, float[] Rates) Connect(Hit[] hits)
    {
        float[] distances = [.. hits.Select(h => NeighborGraph.Distance(_options.Metric, h.Score, _rows.Dimensions))];
        var (sigma, rho) = SmoothKnn.Find(distances, Math.Max(0, _options.LocalConnectivity - 1), distances.Average());
        var strengths = new double[distances.Length];
        FuzzyGraph.Strengths(distances, sigma, rho, strengths);
        var padded = (hits.Length + Affinities.Lanes - 1) / Affinities.Lanes * Affinities.Lanes;
        var (columns, rates, greatest) = (new int[padded], new float[padded], Math.Max(strengths.Max(), 1e-30));
        for (var j = 0; j < hits.Length; j++)
        {
            (columns[j], rates[j]) = (hits[j].Id, (float)(strengths[j] / greatest));
        }

        return (columns, rates);
    }
}
