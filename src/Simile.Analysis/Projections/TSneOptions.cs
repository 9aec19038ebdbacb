using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How <see cref="TSne"/> places rows.</summary>
public sealed record TSneOptions
{
    /// <summary>
    /// About how many neighbors each row attends to, at least 1; more than a third of the other rows are lowered to that. The paper says 5
    /// to 50.
    /// </summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>The metric.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>How the forces between places are summed.</summary>
    public TSneMethod Method { get; init; } = TSneMethod.BarnesHut;

    /// <summary>Where places start.</summary>
    public ProjectionStart Start { get; init; } = ProjectionStart.Pca;

    /// <summary>
    /// Attraction is multiplied by this at first, at least 1, so that groups form (12 in the paper's code and in scikit-learn).
    /// </summary>
    public double EarlyExaggeration { get; init; } = 12;

    /// <summary>Iterations with early exaggeration, at least 0.</summary>
    public int EarlyIterations { get; init; } = 250;

    /// <summary>Iterations after that, at least 0.</summary>
    public int Iterations { get; init; } = 750;

    /// <summary>Length of a step, above 0; null for rows / exaggeration, at least 200 (Belkina et al. 2019, as openTSNE).</summary>
    public double? LearningRate { get; init; }

    /// <summary>How much of the last step is kept, 0 to less than 1.</summary>
    public double Momentum { get; init; } = 0.8;

    /// <summary>Barnes and Hut's θ, above 0 and at most 1: greater is faster and less exact.</summary>
    public double Theta { get; init; } = 0.5;

    /// <summary>Up to this many rows all pairs are compared to find neighbors; above, an HNSW graph is searched.</summary>
    public int ExactNeighborsUpTo { get; init; } = new NeighborGraphOptions().ExactUpTo;

    /// <summary>The random seed.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Maximum number of threads, at least 1; all cores by default. The result does not depend on it.</summary>
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
        Check(nameof(Method), Method, Enum.IsDefined(Method), "one of the methods there are");
        Check(nameof(Start), Start, Start is ProjectionStart.Pca or ProjectionStart.Random, "the principal components or random for t-SNE");
    }

    private static void Check(string name, object value, bool holds, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}

/// <summary>How t-SNE sums the forces between places.</summary>
public enum TSneMethod
{
    /// <summary>Far places are taken together in the cells of a quadtree (van der Maaten 2014): n log n.</summary>
    BarnesHut,

    /// <summary>All pairs, in double: the definition, for some thousand rows at most.</summary>
    Exact,
}

/// <summary>Where the places of a projection start.</summary>
public enum ProjectionStart
{
    /// <summary>
    /// At the first two principal components: the same picture from every seed, with distant groups about where they belong.
    /// </summary>
    Pca,

    /// <summary>At random.</summary>
    Random,

    /// <summary>At the eigenvectors of the neighbor graph's Laplacian (UMAP only).</summary>
    Spectral,
}
