using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Evaluations;

/// <summary>Semantic textual similarity (STS): how well cosines of text pairs agree with the scores that people gave them.</summary>
/// <param name="Pairs">At least two pairs with different scores.</param>
public sealed record SimilarityTask(IReadOnlyList<ScoredPair> Pairs)
{
    /// <summary>Reads the pairs of a table: CSV, TSV, JSON lines, Parquet or Excel.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">
    /// The columns of both texts and of the score, each by its name or by its number from 1. Null for <c>sentence1</c>, <c>sentence2</c>
    /// and
    /// <c>score</c>, and where these do not exist, for the only three columns in this order. A first line whose score is a number is no
    /// header.
    /// </param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The columns do not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a score is no number.</exception>
    public static SimilarityTask Read(string path, IReadOnlyList<string>? columns = null, CancellationToken cancellationToken = default) =>
        new(PairTable.Read(path, columns, cancellationToken));

    /// <summary>Embeds each text once, and correlates the cosines with the scores, as MTEB does it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="progress">Optional callback with the number of embedded texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns><c>pearson</c> and <c>spearman</c>, in [−1, 1]; equal scores have the mean of their ranks.</returns>
    /// <exception cref="ArgumentException">There are fewer than two pairs, or all have the same score or the same cosine.</exception>
    public IReadOnlyList<MetricValue> Measure(
        TextEmbedder model, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        string[] texts = [.. Pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct(StringComparer.Ordinal)];
        var vectors = model.Embed(texts, progress: progress, cancellationToken: cancellationToken);
        var rows = texts.Index().ToDictionary(text => text.Item, text => text.Index, StringComparer.Ordinal);
        double[] cosines = [.. Pairs.Select(pair => (double)VectorMath.Cosine(vectors[rows[pair.A]], vectors[rows[pair.B]]))];
        double[] scores = [.. Pairs.Select(pair => pair.Score)];
        return [new("pearson", Correlation.Pearson(cosines, scores)), new("spearman", Correlation.Spearman(cosines, scores))];
    }
}
