namespace Simile.Analyses;

/// <summary>How vectors are shortened.</summary>
public enum ReduceMethod
{
    /// <summary>Principal components: least squared error of all linear ways.</summary>
    Pca,

    /// <summary>Random directions: nothing is learned, distances are kept roughly.</summary>
    Random,

    /// <summary>The first components, brought to length 1: for models that were trained for it (Matryoshka).</summary>
    Truncate,
}
