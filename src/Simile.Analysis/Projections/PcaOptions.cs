namespace Simile.Analysis;

/// <summary>
/// Options of <see cref="Pca"/>: the number of components, the solver, and whether components are scaled to equal variance.
/// </summary>
public sealed record PcaOptions
{
    /// <summary>
    /// Number of components to keep, at least 1; null for the maximum, which is the lesser of rows and columns. A greater number is lowered
    /// to it.
    /// </summary>
    public int? Components { get; init; }

    /// <summary>
    /// Whether coordinates are divided by their standard deviation. A component without variance then has coordinates of 0.
    /// </summary>
    public bool Whiten { get; init; }

    /// <summary>How the components are found.</summary>
    public PcaSolver Solver { get; init; } = PcaSolver.Auto;

    /// <summary>Power iterations of the randomized solver, at least 0 (scikit-learn takes 4 to 7).</summary>
    public int PowerIterations { get; init; } = 7;

    /// <summary>The seed of the randomized solver.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Components ?? 1, 1, nameof(Components));
        ArgumentOutOfRangeException.ThrowIfNegative(PowerIterations);
        if (!Enum.IsDefined(Solver))
        {
            throw new ArgumentOutOfRangeException(nameof(Solver), Solver, "The solver does not exist: use a value of the enumeration.");
        }
    }
}

/// <summary>How principal components are found.</summary>
public enum PcaSolver
{
    /// <summary>Exact if the lesser of rows and columns is at most 1,500 or many components are requested, else randomized.</summary>
    Auto,

    /// <summary>By the eigenvectors of the covariance, or of the Gram matrix if there are fewer rows than columns.</summary>
    Exact,

    /// <summary>
    /// By random projection and power iterations (Halko, Martinsson and Tropp 2011): for few components of long vectors.
    /// </summary>
    Randomized,
}
