namespace Simile.Models.Checkpoints;

/// <summary>The tensors of a model, by name, whatever file they came from.</summary>
/// <remarks>Safe for concurrent readers. Owns the mapped files: tensors must not be read after it is disposed.</remarks>
internal sealed class Checkpoint(IReadOnlyDictionary<string, Tensor> tensors, params IReadOnlyList<IDisposable> owned) : IDisposable
{
    /// <summary>All tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>A tensor that must be there.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public Tensor this[string name] =>
        Find(name) ?? throw new InvalidDataException($"The checkpoint has no tensor {name}.");

    /// <summary>A tensor, or null.</summary>
    public Tensor? Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var item in owned)
        {
            item.Dispose();
        }
    }
}
