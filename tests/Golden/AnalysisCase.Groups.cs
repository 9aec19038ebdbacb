using System.IO.Compression;
using Simile.Analysis;
using Simile.Numerics;
using Simile.Testing;
using KMeans = Simile.Analysis.KMeans;

namespace Golden;

/// <content>Clusters, outliers, measures.</content>
internal static partial class AnalysisCase
{
    private static (Func<CaseData, bool> Is, Action<CaseData, List<string>> Check)[] GroupKinds =>
    [
        (c => c.Has("best_inertia_of_20"), CheckKMeans),
        (c => c.Has("min_cluster_size"), CheckHdbscan),
        (c => c.Tensors?.Find("lof") is not null, CheckOutliers),
        (c => c.Has("qrels"), CheckRetrieval),
        (c => c.Tensors?.Find("fold") is not null, CheckClasses),
        (c => c.Has("kendall_tau_b"), CheckCorrelation),
    ];

    private static void CheckKMeans(CaseData data, List<string> differences)
    {
        var own = data.Tensors!.Find("x") is not null;
        var vectors = own
            ? data.Matrix("x")
            : Pca.Fit(Mnist(data), new PcaOptions { Components = data.Matrix("centers").Dimensions }).Transform(Mnist(data));
        int[] truth = own ? [.. data.Ints("y")] : MnistLabels(), labels = [.. data.Ints("labels")];
        var found = KMeans.Fit(vectors, data.Count("k"));
        if (found.Inertia > 1.005 * data.Number("best_inertia_of_20"))
        {
            differences.Add($"inertia {found.Inertia} is more than 1.005 × {data.Number("best_inertia_of_20")}");
        }

        var sampled = Math.Min(2000, vectors.Count);
        var sample = new VectorMatrix(vectors.AsSpan()[..(sampled * vectors.Dimensions)].ToArray(), vectors.Dimensions);
        Compare("silhouette", data.Number("silhouette"), ClusterScores.Silhouette(sample, labels[..sampled]), 1e-4, differences);
        Compare(
            "Davies-Bouldin",
            data.Number("davies_bouldin"),
            ClusterScores.DaviesBouldin(vectors, labels),
            1e-4 * data.Number("davies_bouldin"),
            differences);
        Compare(
            "Calinski-Harabasz",
            data.Number("calinski_harabasz"),
            ClusterScores.CalinskiHarabasz(vectors, labels),
            1e-4 * data.Number("calinski_harabasz"),
            differences);
        Compare("ARI", data.Number("ari_to_truth"), LabelingScores.AdjustedRandIndex(truth, labels), 1e-4, differences);
        Compare("NMI", data.Number("nmi_to_truth"), LabelingScores.NormalizedMutualInformation(truth, labels), 1e-4, differences);
        Compare("V-measure", data.Number("v_measure"), LabelingScores.VMeasure(truth, labels), 1e-4, differences);
    }

    private static void CheckHdbscan(CaseData data, List<string> differences)
    {
        var options = new HdbscanOptions
        {
            MinClusterSize = data.Count("min_cluster_size"),
            MinSamples = data.Has("min_samples") ? data.Count("min_samples") : null,
            SelectionEpsilon = data.Has("cluster_selection_epsilon") ? data.Number("cluster_selection_epsilon") : 0,
            AllowSingleCluster = data.Has("allow_single_cluster") && data.Values.GetProperty("allow_single_cluster").GetBoolean(),
            MaxClusterSize = data.Has("max_cluster_size") && data.Count("max_cluster_size") > 0 ? data.Count("max_cluster_size") : null,
            Metric = !data.Has("metric") ? Metric.L2 : data.Values.GetProperty("metric").GetString() switch
            {
                "cosine" => Metric.Cosine,
                "manhattan" or "l1" or "cityblock" => Metric.Manhattan,
                "hamming" => Metric.Hamming,
                _ => Metric.L2,
            },
        };
        var found = Hdbscan.Fit(data.Matrix("x"), options);
        Compare(
            "edge weights", data.Matrix("mst_weights_sorted").AsSpan(),
            found.SpanningTree.Select(e => e.Weight).ToArray(), 1e-6, 1e-4, differences);
        foreach (var (tensor, selection) in new[] { ("labels_eom", ClusterSelection.ExcessOfMass), ("labels_leaf", ClusterSelection.Leaf) })
        {
            if (data.Tensors!.Find(tensor) is not null)
            {
                var labels = Hdbscan.Fit(data.Matrix("x"), options with { Selection = selection }).Labels;
                var agreement = LabelingScores.AdjustedRandIndex([.. data.Ints(tensor)], labels);
                differences.AddRange(agreement >= 0.95 ? [] : [$"{tensor}: adjusted Rand index {agreement}"]);
            }
        }

        CompareMost("probabilities", data.Matrix("probabilities").AsSpan(), found.Probabilities, differences);
        CompareMost("outlier scores", data.Matrix("outlier_scores").AsSpan(), found.OutlierScores, differences);
    }

    // Edges of equal weight may be taken in any order, and the reference sorts them by an unstable sort: a few points in a thousand fall
    // out of another cluster.
    private static void CompareMost(string what, ReadOnlySpan<float> expected, IReadOnlyList<float> actual, List<string> differences)
    {
        var different = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            different += Math.Abs(expected[i] - actual[i]) <= 1e-4 ? 0 : 1;
        }

        differences.AddRange(different <= expected.Length / 200 && expected.Length == actual.Count
            ? []
            : [$"{different} of {expected.Length} {what} differ"]);
    }

    private static void CheckOutliers(CaseData data, List<string> differences)
    {
        var (vectors, k) = (data.Matrix("x"), data.Count("k"));
        var factors = Outliers.Find(vectors, new OutlierOptions { K = k });
        var distances = Outliers.Find(vectors, new OutlierOptions { K = k, Method = OutlierMethod.NeighborDistance });
        Compare("LOF", data.Matrix("lof").AsSpan(), [.. factors.Scores.Select(s => (float)s)], 0, 1e-4, differences);
        Compare(
            "distances", data.Matrix($"knn_distance_{k}").AsSpan(), [.. distances.Scores.Select(s => (float)s)], 1e-6, 1e-4, differences);
    }

    private static void CheckRetrieval(CaseData data, List<string> differences)
    {
        var (qrels, run) = (new Qrels(), new RetrievalRun());
        foreach (var query in data.Values.GetProperty("qrels").EnumerateObject())
        {
            foreach (var document in query.Value.EnumerateObject())
            {
                qrels.Add(query.Name, document.Name, document.Value.GetInt32());
            }
        }

        foreach (var query in data.Values.GetProperty("run").EnumerateObject())
        {
            foreach (var document in query.Value.EnumerateObject())
            {
                run.Add(query.Name, document.Name, document.Value.GetDouble());
            }
        }

        foreach (var query in data.Values.GetProperty("expected").EnumerateObject())
        {
            foreach (var measure in query.Value.EnumerateObject())
            {
                var found = RetrievalScores.Measure(qrels, run, [RetrievalMeasure.Parse(measure.Name)]).Queries[query.Name][0];
                Compare($"{query.Name} {measure.Name}", measure.Value.GetDouble(), found, 1e-6, differences);
            }
        }
    }

    private static void CheckCorrelation(CaseData data, List<string> differences)
    {
        double[] x = [.. data.Values.GetProperty("x").EnumerateArray().Select(v => v.GetDouble())],
            y = [.. data.Values.GetProperty("y").EnumerateArray().Select(v => v.GetDouble())];
        Compare("Pearson", data.Number("pearson"), Correlation.Pearson(x, y), 1e-9, differences);
        Compare("Spearman", data.Number("spearman"), Correlation.Spearman(x, y), 1e-9, differences);
        Compare("Kendall", data.Number("kendall_tau_b"), Correlation.KendallTauB(x, y), 1e-9, differences);
    }

    private static int[] MnistLabels()
    {
        using var stream = new GZipStream(
            File.OpenRead(Assets.Require("data/mnist/t10k-labels-idx1-ubyte.gz")), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return [.. memory.ToArray().Skip(8).Select(label => (int)label)];
    }
}
