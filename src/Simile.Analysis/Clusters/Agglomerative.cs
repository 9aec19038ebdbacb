using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Agglomerative clustering: the nearest groups are merged until one is left. The tree can be cut at a number of clusters or at a distance.
/// </summary>
/// <remarks>
/// Uses nearest-neighbor chains (Murtagh 1983): O(n²) time, with all distances in memory, 4 bytes × n². Immutable and thread-safe.
/// Deterministic. and options give the same tree.
/// </remarks>
public sealed class Agglomerative
{
    private const int Most = 40_000;

    private readonly SpanningEdge[] _joins;
    private readonly int _count;

    private Agglomerative(int count, SpanningEdge[] joins) => (_count, _joins) = (count, joins);

    /// <summary>The distances of the merges, ascending: one fewer than vectors.</summary>
    public IReadOnlyList<float> Distances => Array.ConvertAll(_joins, j => j.Weight);

    /// <summary>Builds the tree.</summary>
    /// <param name="vectors">1 to 40,000 vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are no vectors or too many, one holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Agglomerative Fit(
        VectorMatrix vectors,
        AgglomerativeOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new AgglomerativeOptions();
        options.Validate();
        Inputs.Check(vectors, 1, "agglomerative clustering");
        if (vectors.Count > Most)
        {
            throw new ArgumentException(
                $"{vectors.Count:N0} vectors are too many for agglomerative clustering: use k-means or HDBSCAN above {Most:N0}.");
        }

        var joins = new NearestChain(new Distances(vectors, options.Metric), options.Linkage).Run(progress, cancellationToken);
        Array.Sort(joins, (a, b) => a.Weight.CompareTo(b.Weight));
        return new Agglomerative(vectors.Count, joins);
    }

    /// <summary>Cuts the tree into k clusters. Returns the cluster of each vector, numbered by first appearance.</summary>
    /// <exception cref="ArgumentException">k is below 1 or above the number of vectors.</exception>
    public int[] Cut(int k)
    {
        if (k < 1 || k > _count)
        {
            throw new ArgumentException($"{_count} vectors cannot form {k} clusters: use 1 to {_count}.");
        }

        return Label(_joins.AsSpan(0, _count - k));
    }

    /// <summary>Cuts the tree at a distance.</summary>
    public int[] CutAt(float distance) => Label(_joins.AsSpan(0, _joins.TakeWhile(j => j.Weight <= distance).Count()));

    private int[] Label(ReadOnlySpan<SpanningEdge> joins)
    {
        var components = new Components(_count);
        foreach (var join in joins)
        {
            components.Join(join.A, join.B);
        }

        var names = new Dictionary<int, int>();
        return [.. components.All().Select(c => names.TryGetValue(c, out var name) ? name : names[c] = names.Count)];
    }
}
