using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Tests whether two collections of vectors have the same distribution: last month's and this month's queries, or training data and user
/// input.
/// </summary>
/// <param name="EnergyDistance">
/// 2 E|a − b| − E|a − a'| − E|b − b'|, at least 0; 0 if the distributions are equal (Székely and Rizzo 2013).
/// </param>
/// <param name="EnergyPValue">The p-value of a permutation test, in (0, 1]: below .01 the collections differ.</param>
/// <param name="Mmd">
/// The squared maximum mean discrepancy with a Gaussian kernel of the median distance (Gretton et al. 2012, biased estimate).
/// </param>
/// <param name="MmdPValue">The p-value of a permutation test of <paramref name="Mmd"/>, in (0, 1]: below .01 the collections
/// differ.</param>
public sealed record Drift(double EnergyDistance, double EnergyPValue, double Mmd, double MmdPValue)
{
    private const int AucFolds = 5;

    /// <summary>
    /// The Euclidean distance between both means, at least 0. With <see cref="Metric.Cosine"/> of vectors scaled to length 1, so at most 2.
    /// </summary>
    public double MeanShift { get; init; }

    /// <summary>
    /// How well a classifier tells the collections apart: about .5 if not at all, 1 if perfectly, below .5 if items are in both. It is the
    /// mean ROC AUC of logistic regression over five folds of the samples (classifier two-sample test, Lopez-Paz and Oquab 2017).
    /// </summary>
    public double ClassifierAuc { get; init; }

    /// <summary>Compares two collections.</summary>
    /// <param name="before">At least 2 vectors.</param>
    /// <param name="after">At least 2 vectors of the same dimensions.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// The dimensions differ, there are too few vectors, one holds NaN or infinity, or an option is out of range.
    /// </exception>
    public static Drift Measure(
        VectorMatrix before, VectorMatrix after, DriftOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DriftOptions();
        options.Validate();
        Inputs.Check(before, 2, "drift");
        Inputs.Check(after, 2, "drift");
        if (before.Dimensions != after.Dimensions)
        {
            throw new ArgumentException(
                $"Vectors of {before.Dimensions} and of {after.Dimensions} dimensions cannot be compared: embed both with one model.");
        }

        var random = new Random(options.Seed);
        var (a, b) = (Draw(before, options.Sample, random), Draw(after, options.Sample, random));
        var pooled = new VectorMatrix(a.Count + b.Count, a.Dimensions);
        a.AsSpan().CopyTo(pooled.AsSpan());
        b.AsSpan().CopyTo(pooled.AsSpan()[a.AsSpan().Length..]);
        var distances = AllDistances(pooled, options.Metric);
        var (energy, energyP) = Test(distances, a.Count, options, cancellationToken);
        Gaussian(distances);
        var (mmd, mmdP) = Test(distances, a.Count, options, cancellationToken);
        return new Drift(energy, energyP, mmd, mmdP)
        {
            MeanShift = Shift(Compared(before, options.Metric), Compared(after, options.Metric)),
            ClassifierAuc = Auc(Compared(pooled, options.Metric), a.Count, options.Seed, cancellationToken),
        };
    }

    private static VectorMatrix Compared(VectorMatrix vectors, Metric metric) => metric == Metric.Cosine ? vectors.Normalized() : vectors;

    private static double Shift(VectorMatrix before, VectorMatrix after) =>
        VectorMath.Norm(VectorMath.Subtract(VectorMath.Mean(before), VectorMath.Mean(after)));

    private static double Auc(VectorMatrix pooled, int first, int seed, CancellationToken cancellationToken)
    {
        const string Before = "a", After = "b";
        string[] labels = [.. Enumerable.Range(0, pooled.Count).Select(i => i < first ? Before : After)];
        var folds = Folds.Stratified(labels, Math.Min(AucFolds, Math.Min(first, pooled.Count - first)), seed);
        var found = CrossValidation.Run(Scaled(pooled), labels, folds, new ClassifierOptions(), null, cancellationToken).Predictions;
        var after = found.Select(each => each.Label == After ? each.Probability : 1.0 - each.Probability).ToArray();
        return folds.Distinct().Average(fold => RocAuc.Of(Scores(fold, After), Scores(fold, Before)));

        double[] Scores(int fold, string label) =>
            [.. Enumerable.Range(0, after.Length).Where(i => folds[i] == fold && labels[i] == label).Select(i => after[i])];
    }

    // To a mean squared length of 1, so that regularization is the same for all collections.
    private static VectorMatrix Scaled(VectorMatrix vectors)
    {
        var squared = Enumerable.Range(0, vectors.Count).Average(i => (double)VectorMath.Dot(vectors[i], vectors[i]));
        return squared == 0
            ? vectors
            : new VectorMatrix(VectorMath.Scale(vectors.AsSpan(), (float)(1 / Math.Sqrt(squared))), vectors.Dimensions);
    }

    private static VectorMatrix Draw(VectorMatrix vectors, int most, Random random)
    {
        if (vectors.Count <= most)
        {
            return vectors;
        }

        var rows = Enumerable.Range(0, vectors.Count).ToArray();
        random.Shuffle(rows);
        return vectors.Take(rows.AsSpan(0, most));
    }

    private static VectorMatrix AllDistances(VectorMatrix pooled, Metric metric)
    {
        var distances = new Distances(pooled, metric);
        var all = new VectorMatrix(pooled.Count, pooled.Count);
        Parallel.For(0, pooled.Count, i =>
        {
            distances.Write(i, 0, all[i]);
            all[i][i] = 0;
        });
        return all;
    }

    // Minus a Gaussian kernel is a distance whose energy statistic is the discrepancy (Sejdinovic et al. 2013).
    private static void Gaussian(VectorMatrix distances)
    {
        var above = Enumerable.Range(0, distances.Count).SelectMany(i => distances[i][..i].ToArray()).Order().ToArray();
        var median = above[above.Length / 2];
        foreach (ref var distance in distances.AsSpan())
        {
            distance = median == 0 ? (distance == 0 ? -1 : 0) : -MathF.Exp(-distance * distance / (2 * median * median));
        }
    }

    private static (double Value, double P) Test(
        VectorMatrix distances, int first, DriftOptions options, CancellationToken cancellationToken)
    {
        var value = Statistic(distances, Enumerable.Range(0, distances.Count).ToArray(), first);
        var greater = new bool[options.Permutations];
        var rounding = 1e-6 * distances.AsSpan().ToArray().Max(Math.Abs);
        Parallel.For(0, options.Permutations, new ParallelOptions { CancellationToken = cancellationToken }, round =>
        {
            var order = Enumerable.Range(0, distances.Count).ToArray();
            new Random(HashCode(options.Seed, round)).Shuffle(order);
            greater[round] = Statistic(distances, order, first) >= value - rounding;
        });
        return (Math.Max(0, value), (1 + greater.Count(g => g)) / (1.0 + options.Permutations));
    }

    // Each round has its own seed, whatever thread runs it.
    private static int HashCode(int seed, int round) => unchecked((seed * 1_000_003) + round);

    // 2 E|a − b| − E|a − a'| − E|b − b'| = Σᵢⱼ −sᵢ sⱼ dᵢⱼ with s = 1/n for one collection and −1/m for the other.
    private static double Statistic(VectorMatrix distances, int[] order, int first)
    {
        var signs = new float[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            signs[order[i]] = i < first ? 1f / first : -1f / (order.Length - first);
        }

        var sum = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            sum -= signs[i] * (double)VectorMath.Dot(distances[i], signs);
        }

        return sum;
    }
}
