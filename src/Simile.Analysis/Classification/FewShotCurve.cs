using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Accuracy as a function of the number of training examples, which tells whether more labels would help.</summary>
public static class FewShotCurve
{
    /// <summary>Repeatedly trains on a random number of examples per class and predicts the others.</summary>
    /// <param name="vectors">One vector per example.</param>
    /// <param name="labels">The class of each example.</param>
    /// <param name="shots">Numbers of examples per class, at least 1. A smaller class gives all but one.</param>
    /// <param name="draws">Number of repetitions, at least 1.</param>
    /// <param name="options">Null for the defaults. <see cref="ClassifierOptions.Seed"/> is the seed of the draws.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// The lists have different lengths, there is only one class, or a number is out of range.
    /// </exception>
    public static FewShotPoint[] Measure(
        VectorMatrix vectors,
        IReadOnlyList<string> labels,
        IReadOnlyList<int> shots,
        int draws = 5,
        ClassifierOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(shots);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        options ??= new ClassifierOptions();
        Inputs.Check(vectors, 2, "a curve of few examples");
        Inputs.CheckLabels(labels.Count, vectors.Count);
        if (shots.Any(s => s < 1))
        {
            throw new ArgumentException("A class needs at least one example: ask for 1 and more.");
        }

        return [.. shots.Select(count => Point(vectors, labels, count, draws, options, cancellationToken))];
    }

    private static FewShotPoint Point(
        VectorMatrix vectors,
        IReadOnlyList<string> labels,
        int shots,
        int draws,
        ClassifierOptions options,
        CancellationToken cancellationToken)
    {
        var accuracies = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var train = Draw(labels, shots, new Random(unchecked((options.Seed * 1_000_003) + draw)));
            int[] test = [.. Enumerable.Range(0, labels.Count).Except(train)];
            if (test.Length == 0)
            {
                throw new ArgumentException("No example is left to predict: every class has one example only.");
            }

            using var classifier = Classifier.Train(
                vectors.Take(train), [.. train.Select(i => labels[i])], options, null, cancellationToken);
            accuracies[draw] = classifier.Predict(vectors.Take(test)).Zip(test).Average(p => p.First.Label == labels[p.Second] ? 1.0 : 0);
        }

        var mean = accuracies.Average();
        return new(shots, mean, Math.Sqrt(accuracies.Average(a => (a - mean) * (a - mean))));
    }

    private static int[] Draw(IReadOnlyList<string> labels, int shots, Random random)
    {
        var drawn = new List<int>();
        foreach (var items in labels.Index().GroupBy(l => l.Item, l => l.Index, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var order = items.ToArray();
            random.Shuffle(order);
            drawn.AddRange(order.Take(Math.Max(1, Math.Min(shots, order.Length - 1))));
        }

        return [.. drawn];
    }
}
