using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Neighborhood size, iterations and accuracy of <see cref="TSne"/>.
/// </summary>
public sealed record TSneOptions
{
    /// <summary>
    /// The effective number of neighbors of each row, at least 1. It is lowered to at most a third of the other rows. The paper recommends
    /// 5 to 50.
    /// </summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>The metric between the original rows. Default: Euclidean distance.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>How the forces between points are summed.</summary>
    public TSneMethod Method { get; init; } = TSneMethod.BarnesHut;

    /// <summary>The initial positions.</summary>
    public ProjectionStart Start { get; init; } = ProjectionStart.Pca;

    /// <summary>
    /// The factor of the attraction in the first iterations, at least 1, so that clusters form (12 in the paper's code and in
    /// scikit-learn).
    /// </summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>Iterations with early exaggeration, at least 0.</summary>
    public int EarlyIterations { get; init; } = 250;

    /// <summary>Iterations after that, at least 0.</summary>
    public int Iterations { get; init; } = 750;

    /// <summary>The learning rate, above 0; null for rows / exaggeration, at least 200 (Belkina et al. 2019, as openTSNE).</summary>
    public double? LearningRate { get; init; }

    /// <summary>The momentum: the fraction of the last step that is kept, 0 to less than 1.</summary>
    public double Momentum { get; init; } = 0.8;

    /// <summary>Barnes and Hut's θ, above 0 and at most 1: greater is faster and less exact.</summary>
    public double Theta { get; init; } = 0.5;

    /// <summary>Up to this many rows all pairs are compared to find neighbors; above, an HNSW graph is searched.</summary>
    public int ExactNeighborsUpTo { get; init; } = new NeighborGraphOptions().ExactUpTo;

    /// <summary>The random seed.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Maximum number of threads, at least 1. The default is the number of cores. The number of threads does not change the result.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(EarlyIterations);
        ArgumentOutOfRangeException.ThrowIfNegative(Iterations);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactNeighborsUpTo);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        Check(nameof(Perplexity), Perplexity, Perplexity is >= 1 and < 1e6, "at least 1");
        Check(nameof(EarlyExaggeration), EarlyExaggeration, EarlyExaggeration is >= 1 and < 1e6, "at least 1");
        Check(nameof(LearningRate), LearningRate ?? 1, (LearningRate ?? 1) is > 0 and < double.PositiveInfinity, "above 0");
        Check(nameof(Momentum), Momentum, Momentum is >= 0 and < 1, "at least 0 and below 1");
        Check(nameof(Theta), Theta, Theta is > 0 and <= 1, "above 0 and at most 1");
        Check(nameof(Method), Method, Enum.IsDefined(Method), "a value of the enumeration");
        Check(nameof(Start), Start, Start is ProjectionStart.Pca or ProjectionStart.Random, "Pca or Random for t-SNE");
    }

    private static void Check(string name, object value, bool holds, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}

/// <summary>How t-SNE sums the forces between points.</summary>
public enum TSneMethod
{
    /// <summary>Barnes-Hut: distant points are approximated by the cells of a quadtree (van der Maaten 2014), O(n log n).</summary>
    BarnesHut,

    /// <summary>All pairs, in double: the exact definition, for a few thousand rows at most.</summary>
    Exact,
}

/// <summary>The initial positions of a projection.</summary>
public enum ProjectionStart
{
    /// <summary>
    /// The first two principal components. The result hardly depends on the seed, and groups keep their large-scale arrangement.
    /// </summary>
    Pca,

    /// <summary>Random positions.</summary>
    Random,

    /// <summary>The eigenvectors of the neighbor graph's Laplacian (UMAP only).</summary>
    Spectral,
}
