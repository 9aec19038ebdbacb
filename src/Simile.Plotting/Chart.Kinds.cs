using Simile.Plotting.Charts;

namespace Simile.Plotting;

/// <content>The kinds of charts.</content>
public sealed partial class Chart
{
    /// <summary>A scree plot: the variance that each principal component explains, and the cumulative sum.</summary>
    /// <param name="explained">The share of each component, 0 to 1, largest first.</param>
    public static Chart Scree(IReadOnlyList<double> explained)
    {
        RequireFinite(explained, nameof(explained));
        var together = new double[explained.Count];
        for (var i = 0; i < together.Length; i++)
        {
            together[i] = explained[i] + (i > 0 ? together[i - 1] : 0);
        }

        var numbers = Enumerable.Range(1, together.Length).Select(i => (double)i).ToList();
        return new Chart(new LinePlot(
            "component",
            "share of the variance",
            [new Series("each", numbers, explained) { IsBars = true }, new Series("together", numbers, together)])
        {
            LeastY = 0,
            MostY = Math.Max(1, together[^1]),
            WholeX = true,
        });
    }

    /// <summary>A confusion matrix: how often each class was predicted as each class.</summary>
    /// <param name="counts">Row t, column p: items of class t that were predicted as p.</param>
    /// <param name="names">The classes; the labels of rows and columns.</param>
    /// <exception cref="ArgumentException">The counts are not a square matrix with one row for each name.</exception>
    public static Chart Confusion(int[,] counts, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(names);
        if (counts.GetLength(0) != names.Count || counts.GetLength(1) != names.Count || names.Count == 0)
        {
            throw new ArgumentException(
                $"The confusion matrix is {counts.GetLength(0)} x {counts.GetLength(1)}, but must have one row and column for each of "
                + $"the {names.Count} classes, at least one.");
        }

        return new Chart(new ConfusionGrid(counts, names)) { Height = 800 };
    }

    /// <summary>The inertia of k-means for each number of clusters.</summary>
    /// <param name="k">Numbers of clusters, in ascending order.</param>
    /// <param name="inertia">The sum of squared distances to the centers for each.</param>
    /// <param name="chosen">The chosen number of clusters, which is marked; null for none.</param>
    public static Chart Elbow(IReadOnlyList<int> k, IReadOnlyList<double> inertia, int? chosen = null)
    {
        ArgumentNullException.ThrowIfNull(k);
        RequireFinite(inertia, nameof(inertia));
        return new Chart(new LinePlot("clusters (k)", "inertia", [new Series("inertia", [.. k.Select(value => (double)value)], inertia)])
        {
            LeastY = 0,
            MarkX = chosen,
            WholeX = true,
        });
    }

    /// <summary>Recall against work, for one or more indexes.</summary>
    /// <param name="work">The label of the horizontal axis, such as "vectors compared" or "milliseconds".</param>
    /// <param name="curves">For each index its name, work and recall.</param>
    public static Chart RecallCurve(
        string work, IReadOnlyList<(string Name, IReadOnlyList<double> Work, IReadOnlyList<double> Recall)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return new Chart(
            new LinePlot(work, "recall", [.. curves.Select(curve => new Series(curve.Name, curve.Work, curve.Recall))]) { MostY = 1 });
    }

    /// <summary>
    /// A reliability diagram: the accuracy of a classifier by its confidence. A calibrated classifier is on the diagonal.
    /// </summary>
    /// <param name="confidence">The mean probability in each bin, 0 to 1.</param>
    /// <param name="accuracy">The fraction of correct predictions in each bin.</param>
    public static Chart Reliability(IReadOnlyList<double> confidence, IReadOnlyList<double> accuracy) =>
        new(new LinePlot("probability", "share that is right", [new Series("classifier", confidence, accuracy)])
        {
            LeastX = 0,
            MostX = 1,
            LeastY = 0,
            MostY = 1,
            Diagonal = true,
        })
        {
            Width = 720,
            Height = 680,
        };

    /// <summary>Accuracy against the number of examples of each class, for one or more classifiers.</summary>
    /// <param name="curves">For each classifier its name, examples and accuracy (0 to 1).</param>
    public static Chart FewShot(IReadOnlyList<(string Name, IReadOnlyList<int> Examples, IReadOnlyList<double> Accuracy)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var series = curves.Select(curve => new Series(curve.Name, [.. curve.Examples.Select(value => (double)value)], curve.Accuracy));
        return new Chart(new LinePlot("examples a class", "accuracy", [.. series]) { MostY = 1, WholeX = true });
    }

    private static void RequireFinite(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Count == 0 || values.Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException("A chart needs at least one value, and all values must be finite.", name);
        }
    }
}
