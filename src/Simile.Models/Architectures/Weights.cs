using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>The tensors of one network in a checkpoint, under one of the family's outer prefixes or without any, in the old or the new names.</summary>
internal sealed class Weights(Checkpoint checkpoint, params IReadOnlyList<string> prefixes)
{
    /// <summary>A tensor that must be there, in whatever shape.</summary>
    /// <exception cref="InvalidDataException">It is missing.</exception>
    public Tensor Require(string name) => Find(name) ?? throw new InvalidDataException(
        $"The checkpoint has no tensor {name}{string.Concat(prefixes.Select(p => $" (nor {p}{name})"))}, which config.json's network needs.");

    /// <summary>A tensor that must be there, in this shape.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another shape.</exception>
    public Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = Require(name);
        return tensor.Shape.AsSpan().SequenceEqual(shape) ? tensor
            : throw new InvalidDataException($"Tensor {tensor.Name} has the shape [{string.Join(", ", tensor.Shape)}], but config.json says [{string.Join(", ", shape.ToArray())}].");
    }

    /// <summary>Whether there is a tensor.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The first of several names that the checkpoint has; the last where it has none.</summary>
    public string Choose(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Has(name))
            {
                return name;
            }
        }

        return names[^1];
    }

    /// <summary>A tensor, or null.</summary>
    public Tensor? Find(string name)
    {
        foreach (var prefix in prefixes)
        {
            if (FindExact(prefix + name) is { } tensor)
            {
                return tensor;
            }
        }

        return FindExact(name);
    }

    // Checkpoints converted from TensorFlow call the scale of a layer norm gamma and its shift beta.
    private Tensor? FindExact(string name) => checkpoint.Find(name)
        ?? (name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? checkpoint.Find(name[..^"weight".Length] + "gamma") : null)
        ?? (name.EndsWith("LayerNorm.bias", StringComparison.Ordinal) ? checkpoint.Find(name[..^"bias".Length] + "beta") : null);
}
