using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>The tensors of one network in a checkpoint, under the family's outer prefix or without it, in the old or the new names.</summary>
internal sealed class Weights(Checkpoint checkpoint, string prefix)
{
    /// <summary>A tensor that must be there, in this shape.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another shape.</exception>
    public Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = Find(name) ?? throw new InvalidDataException($"The checkpoint has no tensor {name} (nor {prefix}{name}), which config.json's network needs.");
        return tensor.Shape.AsSpan().SequenceEqual(shape) ? tensor
            : throw new InvalidDataException($"Tensor {tensor.Name} has the shape [{string.Join(", ", tensor.Shape)}], but config.json says [{string.Join(", ", shape.ToArray())}].");
    }

    /// <summary>A tensor, or null.</summary>
    public Tensor? Find(string name) => FindExact(prefix + name) ?? FindExact(name);

    // Checkpoints converted from TensorFlow call the scale of a layer norm gamma and its shift beta.
    private Tensor? FindExact(string name) => checkpoint.Find(name)
        ?? (name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? checkpoint.Find(name[..^"weight".Length] + "gamma") : null)
        ?? (name.EndsWith("LayerNorm.bias", StringComparison.Ordinal) ? checkpoint.Find(name[..^"bias".Length] + "beta") : null);
}
