namespace Simile.Storage;

/// <summary>What made the vectors of a store: vectors of two models cannot be compared.</summary>
/// <param name="Name">The name the model is loaded by.</param>
/// <param name="Dimensions">Components of each vector, at least 1.</param>
/// <param name="Settings">The model's fingerprint; empty where it has none.</param>
internal sealed record StoreModel(string Name, int Dimensions, string Settings)
{
    /// <summary>Whether the vectors are comparable. A model that has a fingerprint may have moved.</summary>
    public bool IsSameAs(StoreModel other) =>
        Dimensions == other.Dimensions && Settings == other.Settings && (Settings.Length > 0 || Name == other.Name);
}
