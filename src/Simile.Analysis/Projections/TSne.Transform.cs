using Simile.Analysis.Projections;
using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Embedding new rows.</content>
public sealed partial class TSne
{
    // As openTSNE embeds new rows: few neighbors, little exaggeration, short steps.
    private const int TransformPerplexity = 5;
    private const double TransformExaggeration = 1.5;
    private const int TransformIterations = 100;

    /// <summary>
    /// Embeds new rows among the fitted ones, which do not move. A row's position does not depend on the other new rows.
    /// </summary>
    /// <param name="rows">m vectors with the dimensions of the fitted rows.</param>
    /// <returns>m × 2.</returns>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The rows have other dimensions, or hold NaN or infinity.</exception>
    public VectorMatrix Transform(VectorMatrix rows, CancellationToken cancellationToken = default)
    {
        Inputs.CheckDimensions(rows, _rows.Dimensions);
        var places = new VectorMatrix(rows.Count, 2);
        if (rows.Count == 0)
        {
            return places;
        }

        var perplexity = Math.Min(TransformPerplexity, Perplexity);
        var k = Math.Min(_rows.Count, (int)(3 * perplexity) + 1);
        var hits = NeighborSearch.Run(_rows, rows, k, _options.Metric, _options.ExactNeighborsUpTo, _options.Seed);
        var placer = new TSnePlacer(Plane.Column(Embedding, 0), Plane.Column(Embedding, 1), TransformExaggeration, TransformIterations);
        EachCore.Run(rows.Count, i =>
        {
            var (x, y) = placer.Place([.. hits[i].Select(h => h.Id)], Weights(hits[i], perplexity));
            (places[i][0], places[i][1]) = (x, y);
        }, cancellationToken);
        return places;
    }

    private float[] Weights(Hit[] hits, double perplexity)
    {
        double[] squares = [.. hits.Select(h => (double)NeighborGraph.Distance(_options.Metric, h.Score, _rows.Dimensions))
            .Select(d => d * d)];
        PerplexitySearch.Run(squares, perplexity);
        return [.. squares.Select(p => (float)p)];
    }
}
