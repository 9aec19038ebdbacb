using Simile.Imaging;

namespace Simile.Models;

/// <summary>Settings that override an image model's files.</summary>
public sealed record ImageEmbedderOptions
{
    /// <summary>
    /// The layer whose output is the vector, by its library's name: <c>pooler_output</c>, <c>avgpool</c>, <c>layer3</c>,
    /// <c>hidden_states.2</c>, <c>logits</c>; in an ONNX file also the name of a value, a node or a module. A feature map is averaged over
    /// the picture; of a sequence of patches the first (the class token) is taken. Null: the input of the classifier.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>The preprocessing; null: from the model's folder.</summary>
    public ImageProcessorOptions? Processor { get; init; }

    /// <summary>Another resize than that of the model's folder or of <see cref="Processor"/>; null for no change.</summary>
    public PictureResize? Resize { get; init; }

    /// <summary>Whether to normalize vectors to length 1. True by default, so that the dot product is the cosine.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Batch size per core, 1 to 256.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">The batch size is outside 1 to 256.</exception>
    internal void Validate()
    {
        if (BatchSize is < 1 or > 256)
        {
            throw new ArgumentException($"The batch size is {BatchSize}, but must be 1 to 256.");
        }
    }
}
