using Simile.Imaging;

namespace Simile.Models;

/// <summary>How an image model is loaded, where its own files are not to decide.</summary>
public sealed record ImageEmbedderOptions
{
    /// <summary>
    /// The layer whose values are the vector, by the name its library gives it: <c>pooler_output</c>, <c>avgpool</c>, <c>layer3</c>,
    /// <c>hidden_states.2</c>, <c>logits</c>; in a ready ONNX file also the name of a value, of a node or of a module. Of a map of features the mean over
    /// the picture is taken, of a row of patches the first one (the class token). Null: what stands before the classifier.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>How pictures are made ready; null for what the model's folder says.</summary>
    public ImageProcessorOptions? Processor { get; init; }

    /// <summary>Another resize than the one that the model's folder, or <see cref="Processor"/>, says; null for that one.</summary>
    public PictureResize? Resize { get; init; }

    /// <summary>Whether vectors are brought to length 1. True by default, so that the dot product is the cosine.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Pictures that go through the network at once on each core, 1 to 256.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Throws where the options make no sense.</summary>
    /// <exception cref="ArgumentException">The batch size is out of 1 to 256.</exception>
    internal void Validate()
    {
        if (BatchSize is < 1 or > 256)
        {
            throw new ArgumentException($"{BatchSize} pictures cannot go through the network at once: it is 1 to 256.");
        }
    }
}
