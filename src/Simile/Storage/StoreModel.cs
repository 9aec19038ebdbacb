namespace Simile.Storage;

/// <summary>The model that made the vectors of a store. Vectors of different models cannot be compared.</summary>
/// <param name="Name">The name that the model is loaded by.</param>
/// <param name="Dimensions">Dimensions of each vector, at least 1.</param>
/// <param name="Settings">The model's fingerprint; empty if it has none.</param>
internal sealed record StoreModel(string Name, int Dimensions, string Settings)
{
    /// <summary>Whether the vectors are comparable. A model with a fingerprint may have another path.</summary>
    public bool IsSameAs(StoreModel other) =>
        Dimensions == other.Dimensions && Settings == other.Settings && (Settings.Length > 0 || Name == other.Name);
}
