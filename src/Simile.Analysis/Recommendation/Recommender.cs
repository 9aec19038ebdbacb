using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Recommends items that are like some and unlike others.</summary>
/// <remarks>
/// Any number of threads may ask at once. The vectors and the index are not owned, so not disposed, and must not change meanwhile.
/// </remarks>
public sealed class Recommender
{
    private const int CandidatesEach = 10;
    private const int DrawnNegatives = 200;

    private readonly VectorMatrix _vectors;
    private readonly VectorIndex? _index;
    private readonly Metric _metric;

    /// <summary>Recommends among the rows of a matrix, all of which are scored.</summary>
    /// <exception cref="ArgumentException">There are no vectors, or one holds NaN or infinity.</exception>
    public Recommender(VectorMatrix vectors, Metric metric = Metric.Cosine)
    {
        Inputs.Check(vectors, 1, "a recommendation");
        (_vectors, _metric) = (vectors, metric);
    }

    /// <summary>Recommends among the rows of a matrix, found by an index of them: row i has the id i.</summary>
    /// <exception cref="ArgumentException">The index is not of these vectors.</exception>
    public Recommender(VectorMatrix vectors, VectorIndex index)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(index);
        if (index.Dimensions != vectors.Dimensions || index.IdLimit > vectors.Count)
        {
            throw new ArgumentException(
                $"The index has ids below {index.IdLimit} and {index.Dimensions} dimensions, "
                + $"the matrix {vectors.Count} rows of {vectors.Dimensions}: build the index of these rows.");
        }

        (_vectors, _index, _metric) = (vectors, index, index.Metric);
    }

    /// <summary>Recommends by rows.</summary>
    /// <param name="positive">Rows to be like, at least one.</param>
    /// <param name="negative">Rows to be unlike; may be empty.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>
    /// Rows, best first; the score is that of the strategy, greater is better. With <see cref="RecommendOptions.Diversity"/> in the order
    /// of choosing.
    /// </returns>
    /// <exception cref="ArgumentException">There is no positive example, or no such row, or one is both.</exception>
    public Hit[] Recommend(IReadOnlyList<int> positive, IReadOnlyList<int>? negative = null, RecommendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(positive);
        negative ??= [];
        options ??= new RecommendOptions();
        var wrong = positive.Concat(negative).FirstOrDefault(row => row < 0 || row >= _vectors.Count, -1);
        if (positive.Concat(negative).Any(row => row < 0 || row >= _vectors.Count))
        {
            throw new ArgumentException($"There is no row {wrong}: rows are from 0 to {_vectors.Count - 1}.");
        }

        if (positive.Intersect(negative).Any())
        {
            throw new ArgumentException(
                $"Row {positive.Intersect(negative).First()} is a positive and a negative example: decide for one.");
        }

        return Recommend(
            _vectors.Take([.. positive]),
            _vectors.Take([.. negative]),
            options with { Seen = [.. options.Seen, .. positive, .. negative] });
    }

    /// <summary>Recommends by vectors, which need not be among the rows.</summary>
    /// <param name="positive">Vectors to be like, at least one.</param>
    /// <param name="negative">Vectors that the recommended items should not resemble; null for none.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>Rows, best first, as the other.</returns>
    /// <exception cref="ArgumentException">
    /// There is no positive example, the dimensions differ, or a vector holds NaN or infinity.
    /// </exception>
    public Hit[] Recommend(VectorMatrix positive, VectorMatrix? negative = null, RecommendOptions? options = null)
    {
        options ??= new RecommendOptions();
        options.Validate();
        negative ??= new VectorMatrix(0, _vectors.Dimensions);
        CheckExamples(positive, negative);
        var filter = Allowed(options);
        var wanted = options.Diversity == 0
            ? options.Count
            : options.Candidates ?? (int)Math.Min(int.MaxValue, (long)options.Count * CandidatesEach);
        wanted = Math.Min(wanted, filter.Count);
        if (wanted == 0)
        {
            return [];
        }

        var candidates = options.Strategy switch
        {
            RecommendStrategy.BestScore => ByBestScore(positive, negative, wanted, filter),
            RecommendStrategy.Linear => BySeparator(positive, negative, wanted, filter, options.Seed),
            _ => Search(Average(positive, negative), _metric, wanted, filter),
        };
        return options.Diversity == 0 ? candidates : MarginalRelevance.Choose(
            _vectors, options.Strategy == RecommendStrategy.Linear ? Separating : _metric, candidates, options.Count, options.Diversity);
    }

    private IdFilter Allowed(RecommendOptions options)
    {
        var seen = options.Seen.ToHashSet();
        return IdFilter.Of(_vectors.Count, Enumerable.Range(0, _vectors.Count).Where(row =>
            !seen.Contains(row) && (options.Filter?.Allows(row) ?? true) && (_index?.Contains(row) ?? true)));
    }

    // Examples count alike under cosine, whatever their lengths.
    private float[] Average(VectorMatrix positive, VectorMatrix negative)
    {
        var mean = VectorMath.Mean(Compared(positive));
        if (negative.Count > 0)
        {
            VectorMath.Subtract(VectorMath.Scale(mean, 2), VectorMath.Mean(Compared(negative)), mean);
        }

        return mean;
    }

    private Hit[] ByBestScore(VectorMatrix positive, VectorMatrix negative, int count, IdFilter filter)
    {
        var rows = _index is null
            ? [.. filter.Ids()]
            : _index.Search(positive, count, filter).SelectMany(hits => hits).Select(hit => hit.Id).Distinct().ToArray();
        var scores = new Hit[rows.Length];
        Parallel.For(0, rows.Length, i => scores[i] = new Hit(rows[i], BestScore(rows[i], positive, negative)));
        Array.Sort(scores, TopFirst);
        return scores[..Math.Min(count, scores.Length)];
    }

    // Items that are closer to a negative example than to a positive one come last, those with the greatest difference at the very end.
    private float BestScore(int row, VectorMatrix positive, VectorMatrix negative)
    {
        var (like, unlike) = (Closest(row, positive), negative.Count == 0 ? float.NegativeInfinity : Closest(row, negative));
        return like >= unlike ? like : Least - Math.Abs(unlike - like);
    }

    // A dot product tells on which side of the separating plane a vector lies, and how far from it.
    private Metric Separating => _metric == Metric.Cosine ? Metric.Cosine : Metric.Dot;

    // Below every possible score: cosines are at least −1. Other scores are assumed to be far above −1e30.
    private float Least => _metric == Metric.Cosine ? -1 : -1e30f;

    private float Closest(int row, VectorMatrix examples)
    {
        var best = float.NegativeInfinity;
        for (var i = 0; i < examples.Count; i++)
        {
            best = Math.Max(best, _metric.Score(_vectors[row], examples[i]));
        }

        return best;
    }

    private Hit[] BySeparator(VectorMatrix positive, VectorMatrix negative, int count, IdFilter filter, int seed)
    {
        var others = negative.Count > 0 ? negative : Drawn(filter, seed);
        var examples = new VectorMatrix(positive.Count + others.Count, _vectors.Dimensions);
        Compared(positive).AsSpan().CopyTo(examples.AsSpan());
        Compared(others).AsSpan().CopyTo(examples.AsSpan()[positive.AsSpan().Length..]);
        var labels = Enumerable.Range(0, examples.Count).Select(i => i < positive.Count ? "yes" : "no").ToArray();
        using var separator = Classifier.Train(examples, labels, new ClassifierOptions { Kind = ClassifierKind.LinearSvm, C = 1 });
        return Search(separator.Coefficients![0].ToArray(), Separating, count, filter);
    }

    private VectorMatrix Drawn(IdFilter filter, int seed)
    {
        var rows = filter.Ids().ToArray();
        new Random(seed).Shuffle(rows);
        return _vectors.Take(rows.AsSpan()[..Math.Min(DrawnNegatives, rows.Length)]);
    }

    private VectorMatrix Compared(VectorMatrix examples) => _metric == Metric.Cosine ? examples.Normalized() : examples;

    private Hit[] Search(float[] query, Metric metric, int count, IdFilter filter)
    {
        if (_index is not null && metric == _index.Metric)
        {
            return _index.Search(query, count, filter);
        }

        var rows = filter.Ids().ToArray();
        var hits = new Hit[rows.Length];
        Parallel.For(0, rows.Length, i => hits[i] = new Hit(rows[i], metric.Score(query, _vectors[rows[i]])));
        Array.Sort(hits, TopFirst);
        return hits[..Math.Min(count, hits.Length)];
    }

    private void CheckExamples(VectorMatrix positive, VectorMatrix negative)
    {
        Inputs.Check(positive, 0, "a recommendation");
        Inputs.Check(negative, 0, "a recommendation");
        if (positive.Count == 0)
        {
            throw new ArgumentException("There is no positive example: give at least one item to be like.");
        }

        if (positive.Dimensions != _vectors.Dimensions || negative.Dimensions != _vectors.Dimensions)
        {
            throw new ArgumentException(
                $"Examples of {positive.Dimensions} and {negative.Dimensions} dimensions do not fit vectors of {_vectors.Dimensions}: "
                + "use the model that made them.");
        }
    }

    private static int TopFirst(Hit a, Hit b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id);
}
