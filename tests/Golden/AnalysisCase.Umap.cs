using Simile.Analysis;

namespace Golden;

/// <content>UMAP's graph and curve.</content>
internal static partial class AnalysisCase
{
    private const double UmapTolerance = 1e-4;

    private static void CheckUmap(CaseData data, List<string> differences)
    {
        var umap = Umap.Fit(data.Matrix("x"), new UmapOptions
        {
            Neighbors = data.Count("n_neighbors"),
            Metric = MetricOf(data),
            MinDist = data.Number("min_dist"),
            Spread = data.Number("spread"),
            SetOpMixRatio = data.Number("set_op_mix_ratio"),
            LocalConnectivity = data.Number("local_connectivity"),
            Epochs = 0,
        });
        Compare("a", data.Number("a"), umap.A, UmapTolerance, differences);
        Compare("b", data.Number("b"), umap.B, UmapTolerance, differences);
        CompareGraphs(data, umap, differences);
    }

    // The reference's neighbors come from an approximate search (NN-descent), which misses some: in umap_graph_300 the pair 141 and 206,
    // the sixth nearest. Rows of a pair that only our exact neighbors have are left out, at most two in a hundred; the others must agree.
    private static void CompareGraphs(CaseData data, Umap umap, List<string> differences)
    {
        var actual = umap.Graph.ToDictionary(e => (e.Row, e.Column), e => (double)e.Weight);
        var (rows, columns, weights) = (data.Ints("row").ToArray(), data.Ints("col").ToArray(), data.Matrix("weight").AsSpan().ToArray());
        var expected = Enumerable.Range(0, rows.Length).ToDictionary(i => (Row: rows[i], Column: columns[i]), i => (double)weights[i]);
        var missed = actual.Keys.Except(expected.Keys).SelectMany(pair => new[] { pair.Item1, pair.Item2 }).ToHashSet();
        Assert.True(missed.Count <= 0.02 * umap.Sigmas.Length, $"The reference lacks neighbors of {missed.Count} rows.");
        foreach (var pair in actual.Keys.Union(expected.Keys).Where(pair => !missed.Contains(pair.Item1) && !missed.Contains(pair.Item2)))
        {
            Compare($"weight of {pair}", expected.GetValueOrDefault(pair), actual.GetValueOrDefault(pair), UmapTolerance, differences);
        }

        var sigmas = data.Matrix("sigmas")[0];
        var rhos = data.Matrix("rhos")[0];
        for (var i = 0; i < sigmas.Length; i++)
        {
            Compare(
                $"sigma of {i}",
                sigmas[i],
                missed.Contains(i) ? sigmas[i] : umap.Sigmas[i],
                UmapTolerance * Math.Max(1, sigmas[i]),
                differences);
            Compare($"rho of {i}", rhos[i], missed.Contains(i) ? rhos[i] : umap.Rhos[i], UmapTolerance * Math.Max(1, rhos[i]), differences);
        }
    }
}
