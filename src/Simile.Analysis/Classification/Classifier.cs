using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Predicts the class of a vector. Embeddings are not changed, so a few examples per class are enough.</summary>
/// <remarks>
/// Any number of threads may predict concurrently. Disposing frees the index of a nearest-neighbor classifier; others need no disposal.
/// </remarks>
public sealed partial class Classifier : IDisposable
{
    private readonly LinearWeights? _linear;
    private readonly NeighborVotes? _votes;
    private readonly Calibrator _calibrator;

    private Classifier(
        string[] classes, int dimensions, ClassifierOptions options, LinearWeights? linear, NeighborVotes? votes, Calibrator calibrator)
    {
        (Classes, Dimensions, Options) = (classes, dimensions, options);
        (_linear, _votes, _calibrator) = (linear, votes, calibrator);
    }

    /// <summary>The classes, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Dimensions of the vectors.</summary>
    public int Dimensions { get; }

    /// <summary>The training options.</summary>
    public ClassifierOptions Options { get; }

    /// <summary>
    /// The weights of a linear classifier, one row per class; a single row, for the second class, if there are two. Null for other kinds.
    /// </summary>
    public VectorMatrix? Coefficients => _linear?.Coefficients;

    /// <summary>The intercepts of a linear classifier; null for other kinds.</summary>
    public IReadOnlyList<float>? Intercepts => _linear?.Intercepts;

    /// <summary>The probability of each class, in the order of <see cref="Classes"/>: n × classes.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions, or hold NaN or infinity.</exception>
    public VectorMatrix Probabilities(VectorMatrix vectors)
    {
        Check(vectors);
        var scores = Scores(vectors);
        if (_calibrator.Method != CalibrationMethod.None)
        {
            _calibrator.Apply(scores);
        }
        else if (Options.Kind == ClassifierKind.LogisticRegression)
        {
            EachRow(scores, row => Calibrator.Softmax(row, 1));
        }
        else if (Options.Kind == ClassifierKind.LinearSvm)
        {
            EachRow(scores, Sigmoids);
        }

        return scores;
    }

    /// <summary>The most probable class of each vector.</summary>
    /// <exception cref="ArgumentException">The vectors have other dimensions, or hold NaN or infinity.</exception>
    public Prediction[] Predict(VectorMatrix vectors)
    {
        var probabilities = Probabilities(vectors);
        return [.. Enumerable.Range(0, vectors.Count).Select(i => Best(probabilities[i]))];
    }

    /// <summary>The most probable class of a vector.</summary>
    /// <exception cref="ArgumentException">The vector has other dimensions, or holds NaN or infinity.</exception>
    public Prediction Predict(ReadOnlySpan<float> vector) => Predict(new VectorMatrix(vector.ToArray(), Math.Max(1, vector.Length)))[0];

    /// <inheritdoc/>
    public void Dispose() => _votes?.Dispose();

    /// <summary>n × classes: the input of calibration. Two classes have opposite scores.</summary>
    internal VectorMatrix Scores(VectorMatrix vectors)
    {
        if (_votes is not null)
        {
            return _votes.Shares(vectors);
        }

        var scores = _linear!.Scores(vectors);
        if (Classes.Count > 2)
        {
            return scores;
        }

        // The softmax of ½ s and −½ s is the sigmoid of s.
        var both = new VectorMatrix(vectors.Count, 2);
        for (var i = 0; i < vectors.Count; i++)
        {
            (both[i][0], both[i][1]) = (-scores[i][0] / 2, scores[i][0] / 2);
        }

        return both;
    }

    private static void EachRow(VectorMatrix scores, RowAction change)
    {
        for (var i = 0; i < scores.Count; i++)
        {
            change(scores[i]);
        }
    }

    private static void Sigmoids(Span<float> row)
    {
        foreach (ref var score in row)
        {
            score = 1 / (1 + MathF.Exp(-score));
        }

        Calibrator.Normalize(row);
    }

    private Prediction Best(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var c = 1; c < probabilities.Length; c++)
        {
            best = probabilities[c] > probabilities[best] ? c : best;
        }

        return new Prediction(Classes[best], probabilities[best]);
    }

    private void Check(VectorMatrix vectors)
    {
        Inputs.Check(vectors, 0, "a classifier");
        if (vectors.Dimensions != Dimensions)
        {
            throw new ArgumentException(
                $"The classifier was trained on vectors of {Dimensions} dimensions, not {vectors.Dimensions}: "
                + "use the model that made them.");
        }
    }

    private delegate void RowAction(Span<float> row);
}
