namespace Simile.Analysis;

/// <summary>The model that made a classifier's vectors. Vectors of other models mean nothing to the classifier.</summary>
/// <param name="Name">The name that the model is loaded by.</param>
/// <param name="Fingerprint">A hash of the model's files; empty if it has none, as the built-in model.</param>
public sealed record EmbeddingModelId(string Name, string Fingerprint)
{
    /// <summary>Whether the vectors are comparable. A model with a fingerprint may have another path.</summary>
    public bool IsSameAs(EmbeddingModelId other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Fingerprint == other.Fingerprint && (Fingerprint.Length > 0 || Name == other.Name);
    }
}
