namespace Simile.Analyses;

/// <summary>How a <see cref="Reduction"/> is made.</summary>
public sealed record ReductionOptions
{
    /// <summary>How vectors are shortened.</summary>
    public ReduceMethod Method { get; init; } = ReduceMethod.Pca;

    /// <summary>Whether PCA gives every dimension a variance of 1.</summary>
    public bool Whiten { get; init; }

    /// <summary>Decides what is drawn at random.</summary>
    public int Seed { get; init; } = 1;
}
