using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>The tensors of one network in a checkpoint, with one of the family's prefixes or none, with old or new names.</summary>
internal sealed class Weights(Checkpoint checkpoint, params IReadOnlyList<string> prefixes)
{
    // Tensors that are not learned parameters: counters, positions, masks.
    private static readonly string[] Buffers =
    [
        "num_batches_tracked", "position_ids", "relative_position_index", "attn_mask", "inv_freq", "masked_bias",
    ];

    private readonly HashSet<string> _read = [];

    /// <summary>A required tensor of any shape.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing.</exception>
    public Tensor Require(string name) => Find(name) ?? throw new InvalidDataException(
        $"The checkpoint has no tensor {name}{string.Concat(prefixes.Select(p => $" (nor {p}{name})"))}, "
        + $"which config.json's network needs; its tensors are {checkpoint.Named()}.");

    /// <summary>A required tensor of the given shape.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing or has another shape.</exception>
    public Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = Require(name);
        return tensor.Shape.AsSpan().SequenceEqual(shape) ? tensor
            : throw new InvalidDataException(
                $"Tensor {tensor.Name} has the shape [{string.Join(", ", tensor.Shape)}], "
                + $"but config.json says [{string.Join(", ", shape.ToArray())}].");
    }

    /// <summary>Whether a tensor exists.</summary>
    public bool Has(string name) => Locate(name) is not null;

    /// <summary>The first of several names that exists in the checkpoint; the last if none does.</summary>
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
        if (Locate(name) is not { } found)
        {
            return null;
        }

        _read.Add(found);
        return checkpoint[found];
    }

    /// <summary>Refuses a checkpoint if a written layer has learned parameters that were not used: it is of another kind.</summary>
    /// <remarks>Heads and whole layers may be unused. Within a layer (a number in the name), every tensor must be used.</remarks>
    /// <exception cref="NotSupportedException">There is an unused tensor.</exception>
    public void RefuseUnread()
    {
        var layers = _read.Select(LayerOf).ToHashSet();
        if (checkpoint.Tensors.Keys.FirstOrDefault(
            name => LayerOf(name) is { } layer && layers.Contains(layer) && !_read.Contains(name) && !IsBuffer(name))
            is { } unread)
        {
            throw new NotSupportedException(
                $"The checkpoint has the tensor {unread}, which the network that config.json describes does not use: "
                + "the network is of an unsupported kind.");
        }
    }

    /// <summary>
    /// Refuses tensors that are not part of the network: learned parameters that would be left out, such as a projection after the last
    /// layer.
    /// </summary>
    /// <param name="parts">The prefixes of the network's tensor names, with or without the family's prefix.</param>
    /// <exception cref="NotSupportedException">There is such a tensor.</exception>
    public void RefuseOther(IReadOnlyList<string> parts)
    {
        if (checkpoint.Tensors.Keys.FirstOrDefault(name => !IsBuffer(name) && !IsPart(name)) is { } other)
        {
            throw new NotSupportedException(
                $"The checkpoint has the tensor {other}, which is not part of the network that config.json describes: "
                + "the network is of an unsupported kind.");
        }

        bool IsPart(string name)
        {
            var inner = name.StartsWith(checkpoint.Wrapper, StringComparison.Ordinal) ? name[checkpoint.Wrapper.Length..] : name;
            return parts.Any(part => Begins(name, part) || Begins(inner, part)
                || prefixes.Any(prefix => Begins(name, prefix + part) || Begins(inner, prefix + part)));
        }

        static bool Begins(string name, string start) => name.StartsWith(start, StringComparison.Ordinal);
    }

    // "encoder.layer.3." of "encoder.layer.3.output.dense.weight". The "0." of a wrapper is not a layer.
    private string? LayerOf(string name)
    {
        for (var start = name.StartsWith(checkpoint.Wrapper, StringComparison.Ordinal) ? checkpoint.Wrapper.Length : 0;
            name.IndexOf('.', start) is >= 0 and var end;
            start = end + 1)
        {
            if (end > start && name.AsSpan(start, end - start).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                return name[..(end + 1)];
            }
        }

        return null;
    }

    // Scales belong to the byte matrix beside them.
    private bool IsBuffer(string name) => Array.Exists(Buffers, end => name.EndsWith(end, StringComparison.Ordinal))
        || (name.EndsWith("_scale", StringComparison.Ordinal) && checkpoint.Find(name[..^"_scale".Length]) is { Scales: not null });

    private string? Locate(string name)
    {
        foreach (var prefix in prefixes)
        {
            if (LocateExact(prefix + name) is { } found)
            {
                return found;
            }
        }

        return LocateExact(name) ?? LocateWrapped(name);
    }

    // Inside the wrapper that a training used.
    private string? LocateWrapped(string name)
    {
        if (checkpoint.Wrapper is not { Length: > 0 } wrapper)
        {
            return null;
        }

        foreach (var prefix in prefixes)
        {
            if (LocateExact(wrapper + prefix + name) is { } found)
            {
                return found;
            }
        }

        return LocateExact(wrapper + name);
    }

    // Checkpoints converted from TensorFlow call the scale of a layer norm gamma and its bias beta.
    private string? LocateExact(string name) => checkpoint.Find(name) is not null ? name
        : Older(name, "LayerNorm.weight", "weight", "gamma") ?? Older(name, "LayerNorm.bias", "bias", "beta");

    private string? Older(string name, string end, string now, string then) =>
        name.EndsWith(end, StringComparison.Ordinal) && name[..^now.Length] + then is var older && checkpoint.Find(older) is not null
            ? older
            : null;
}
