using Simile.Analysis;
using Simile.Numerics;
using KMeans = Simile.Analysis.KMeans;

namespace Golden;

/// <content>Classes of texts.</content>
internal static partial class AnalysisCase
{
    private const double AccuracyTolerance = 0.003;

    private static void CheckClasses(CaseData data, List<string> differences)
    {
        var vectors = data.Matrix("x");
        int[] truth = [.. data.Ints("y")];
        string[] labels = [.. truth.Select(y => $"{y:D6}")];
        foreach (var value in data.Values.EnumerateObject())
        {
            if (Options(value.Name) is { } options)
            {
                var found = CrossValidation.Run(vectors, labels, data.Ints("fold").ToArray(), options);
                Compare(
                    value.Name, value.Value.EnumerateArray().Average(a => a.GetDouble()), found.Accuracy, AccuracyTolerance, differences);
            }
        }

        CheckCoefficients(data, vectors, labels, differences);
        CheckClusters(data, vectors, truth, differences);
    }

    // What a name says: logistic_regression_C10_5fold, linear_svc_C1_5fold, knn5_cosine_distance_weighted_5fold.
    private static ClassifierOptions? Options(string name)
    {
        if (!name.EndsWith("fold", StringComparison.Ordinal))
        {
            return null;
        }

        var number = name.Split('_').Select(part => part.TrimStart('C', 'k', 'n'))
            .Select(part => double.TryParse(part, out var value) ? value : 0)
            .FirstOrDefault(value => value > 0, 1);
        return name.Split('_')[0] switch
        {
            "logistic" => new ClassifierOptions { C = number },
            "linear" => new ClassifierOptions { Kind = ClassifierKind.LinearSvm, C = number },
            _ => new ClassifierOptions { Kind = ClassifierKind.NearestNeighbors, Neighbors = (int)number },
        };
    }

    private static void CheckCoefficients(CaseData data, VectorMatrix vectors, string[] labels, List<string> differences)
    {
        var expected = data.Matrix("lr4_coef");
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => int.Parse(labels[i]) < Math.Max(2, expected.Count))];
        var chosen = new VectorMatrix(rows.Length, vectors.Dimensions);
        for (var i = 0; i < rows.Length; i++)
        {
            vectors[rows[i]].CopyTo(chosen[i]);
        }

        var trained = Classifier.Train(chosen, [.. rows.Select(i => labels[i])], new ClassifierOptions { C = 1, Tolerance = 1e-8 });
        Compare("coefficients", expected.AsSpan(), trained.Coefficients!.AsSpan(), 1e-3, 0, differences);
        Compare("intercepts", data.Matrix("lr4_intercept").AsSpan(), [.. trained.Intercepts!], 1e-3, 0, differences);
    }

    private static void CheckClusters(CaseData data, VectorMatrix vectors, int[] truth, List<string> differences)
    {
        var classes = truth.Distinct().Count();
        var clusters = KMeans.Fit(vectors, classes);
        if (clusters.Inertia > 1.005 * data.Number($"kmeans{classes}_inertia"))
        {
            differences.Add($"inertia {clusters.Inertia} is more than 1.005 × {data.Number($"kmeans{classes}_inertia")}");
        }

        Compare(
            "V-measure of k-means",
            data.Number($"kmeans{classes}_v_measure"),
            LabelingScores.VMeasure(truth, [.. clusters.Labels]),
            0.015,
            differences);
        var joined = Agglomerative.Fit(vectors).Cut(classes);
        Compare(
            "V-measure of average linkage",
            data.Number($"agglomerative{classes}_average_cosine_v_measure"),
            LabelingScores.VMeasure(truth, joined),
            1e-3,
            differences);
        var agreement = LabelingScores.AdjustedRandIndex(data.Ints("agglomerative_labels").ToArray(), joined);
        differences.AddRange(agreement >= 0.95 ? [] : [$"average linkage: adjusted Rand index {agreement}"]);
    }
}
