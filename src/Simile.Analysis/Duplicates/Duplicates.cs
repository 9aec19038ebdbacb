using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Finds groups of duplicates: equal items by hash, and near-duplicates above a threshold, connected through their neighbors.
/// </summary>
/// <remarks>Immutable and thread-safe. Deterministic on any number of threads.</remarks>
public sealed class Duplicates
{
    private const int SampledRows = 4000;

    private Duplicates(IReadOnlyList<DuplicateGroup> groups, float threshold) => (Groups, Threshold) = (groups, threshold);

    /// <summary>The groups of at least two items, largest first.</summary>
    public IReadOnlyList<DuplicateGroup> Groups { get; }

    /// <summary>The threshold that was used; infinity if only equal items count.</summary>
    public float Threshold { get; }

    /// <summary>Number of duplicates, without the kept items.</summary>
    public int Count => Groups.Sum(g => g.Members.Count);

    /// <summary>
    /// Groups items whose score reaches the threshold, directly or through other items, and keeps one item of each group.
    /// </summary>
    /// <param name="vectors">At least one vector.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="worth">
    /// Decides which item of a group is kept: the one with the greatest value (size, minus age, pixels). Ties go to the first. Null to keep
    /// the first.
    /// </param>
    /// <param name="contents">
    /// An identifier of each item's content, such as the hash of its file: items with equal identifiers are exact duplicates, whatever
    /// their vectors. Null to compare only vectors.
    /// </param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are no vectors, one holds NaN or infinity, the lists have different lengths, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Duplicates Find(
        VectorMatrix vectors,
        DuplicateOptions? options = null,
        IReadOnlyList<double>? worth = null,
        IReadOnlyList<string>? contents = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new DuplicateOptions();
        options.Validate();
        Inputs.Check(vectors, 1, "the search for duplicates");
        CheckList(worth?.Count, vectors.Count, "worths");
        CheckList(contents?.Count, vectors.Count, "names of contents");
        var equal = EqualRows.Find(vectors, contents);
        var components = new Components(vectors.Count);
        for (var row = 0; row < equal.Length; row++)
        {
            components.Join(equal[row], row);
        }

        var threshold = float.PositiveInfinity;
        int[] different = [.. Enumerable.Range(0, equal.Length).Where(row => equal[row] == row)];
        if (!options.ExactOnly && different.Length > 1)
        {
            threshold = NearRows.Join(vectors, different, components, options, progress, cancellationToken);
        }

        return new Duplicates(Group(vectors, components, equal, worth, options.Metric), threshold);
    }

    /// <summary>
    /// Suggests a threshold from the data: the gap between the scores of near-duplicates and those of other nearest neighbors.
    /// </summary>
    /// <param name="vectors">At least three vectors.</param>
    /// <param name="metric">How they are compared.</param>
    /// <param name="seed">The seed of the sample, if there are more than 4,000 vectors.</param>
    /// <remarks>
    /// The distances of nearest neighbors are split into two groups, in logarithms (Otsu 1979). If the closer group is not distinct,
    /// the threshold is so high that about one in 1,000 vectors without duplicates passes. Check it on some pairs: there may be no gap.
    /// </remarks>
    /// <exception cref="ArgumentException">There are too few vectors, or one holds NaN or infinity.</exception>
    public static float SuggestThreshold(VectorMatrix vectors, Metric metric = Metric.Cosine, int seed = 1)
    {
        Inputs.Check(vectors, 3, "a threshold");
        using var index = new FlatIndex(metric, vectors.Dimensions);
        index.Add(vectors);
        var rows = Enumerable.Range(0, vectors.Count).ToArray();
        new Random(seed).Shuffle(rows);
        var sample = vectors.Take(rows.AsSpan(0, Math.Min(SampledRows, rows.Length)));
        var nearest = index.Search(sample, 2).Select((hits, i) => hits[0].Id == rows[i] ? hits[1].Score : hits[0].Score);
        return ScoreGap.Find([.. nearest], metric);
    }

    private static DuplicateGroup[] Group(
        VectorMatrix vectors, Components components, int[] equal, IReadOnlyList<double>? worth, Metric metric) =>
        [.. Enumerable.Range(0, vectors.Count).GroupBy(components.Find).Where(g => g.Count() > 1)
            .Select(g => Keep(vectors, [.. g], equal, worth, metric))
            .OrderByDescending(g => g.Members.Count).ThenBy(g => g.Kept)];

    private static DuplicateGroup Keep(VectorMatrix vectors, int[] rows, int[] equal, IReadOnlyList<double>? worth, Metric metric)
    {
        var kept = worth is null ? rows[0] : rows.MaxBy(row => worth[row]);
        var members = rows.Where(row => row != kept)
            .Select(row => new DuplicateMember(row, metric.Score(vectors[kept], vectors[row]), equal[row] == equal[kept]));
        return new(kept, [.. members.OrderByDescending(m => m.Score).ThenBy(m => m.Row)]);
    }

    private static void CheckList(int? count, int rows, string what)
    {
        if (count is { } given && given != rows)
        {
            throw new ArgumentException($"There are {given} {what} for {rows} vectors: give one for each vector.");
        }
    }
}
