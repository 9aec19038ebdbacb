using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A convolutional network over <c>pixel_values</c>, float [batch, channels, height, width], normalized.</summary>
/// <remarks>
/// The shape of a layer is read from its tensors: kernel, channels, groups. Batch norms are folded into the preceding convolution:
/// w · γ / √(σ² + ε) and β − μ · γ / √(σ² + ε), computed in float64.
/// </remarks>
internal sealed partial class ConvolutionGraph : NetworkGraph
{
    /// <summary>Declares the input.</summary>
    public ConvolutionGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
        : base(graph, config, weights, outputs)
    {
        var channels = config.OptionalSize("num_channels") ?? 3;
        Pixels = new FeatureMap(
            graph.Input("pixel_values", TensorElementType.Float, "batch", NetworkOutputs.Axis(channels), "height", "width"), channels);
    }

    private ConvolutionGraph(ConvolutionGraph other, ConvolutionPadding padding)
        : base(other.Graph, other.Config, other.Weights, other.Outputs) =>
        (Pixels, BatchNormEpsilon, StridePadding) = (other.Pixels, other.BatchNormEpsilon, padding);

    /// <summary>The picture.</summary>
    public FeatureMap Pixels { get; }

    /// <summary>Epsilon of the batch norms.</summary>
    public float BatchNormEpsilon { get; init; } = 1e-5f;

    /// <summary>How strided convolutions are padded.</summary>
    public ConvolutionPadding StridePadding { get; init; } = ConvolutionPadding.Symmetric;

    /// <summary>The same network with another padding of strided convolutions.</summary>
    public ConvolutionGraph Padded(ConvolutionPadding padding) => new(this, padding);

    /// <summary>activation(batch norm(convolution)), padded so that stride 1 keeps the size.</summary>
    /// <param name="x">The input of the convolution.</param>
    /// <param name="convolution">The convolution's name.</param>
    /// <param name="norm">The batch norm's name.</param>
    /// <param name="activation">The activation after it.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="padding">The padding. Null: derived from the kernel.</param>
    public FeatureMap Unit(
        FeatureMap x, string convolution, string norm, string activation = "relu", int stride = 1, ConvolutionPadding? padding = null)
    {
        var weight = Kernel(x, convolution);
        var (outputs, each) = ((int)weight.Shape[0], (int)(weight.Length / weight.Shape[0]));
        var (scale, shift) = (Vector(norm + ".weight", outputs), Vector(norm + ".bias", outputs));
        var (mean, variance) = (Vector(norm + ".running_mean", outputs), Vector(norm + ".running_var", outputs));
        var bias = Weights.Has(convolution + ".bias") ? Vector(convolution + ".bias", outputs) : new float[outputs];
        var folded = weight.ToFloats().ToArray();
        for (var i = 0; i < outputs; i++)
        {
            var factor = scale[i] / Math.Sqrt((double)variance[i] + BatchNormEpsilon);
            bias[i] = (float)(shift[i] + ((bias[i] - (double)mean[i]) * factor));
            foreach (ref var w in folded.AsSpan(i * each, each))
            {
                w = (float)(w * factor);
            }
        }

        return Convolve(x, weight.Shape, Graph.Weight<float>(folded, weight.Shape), Graph.Constant(bias), activation, stride, padding
            ?? (stride == 1 ? ConvolutionPadding.Symmetric : StridePadding));
    }

    /// <summary>activation(convolution), without a batch norm.</summary>
    public FeatureMap Convolution(
        FeatureMap x, string name, string activation = "linear", int stride = 1, ConvolutionPadding padding = ConvolutionPadding.Symmetric)
    {
        var weight = Kernel(x, name);
        var bias = Weights.Has(name + ".bias") ? Graph.Constant(Vector(name + ".bias", weight.Shape[0])) : string.Empty;
        return Convolve(x, weight.Shape, Graph.Weight(weight), bias, activation, stride, padding);
    }

    /// <summary>Height and width of a convolution's kernel.</summary>
    public (long Height, long Width) KernelSize(string name) =>
        Weights.Find(name + ".weight") is { Shape: [_, _, var height, var width] } ? (height, width)
            : throw new InvalidDataException($"The checkpoint has no convolution {name}, which this network needs.");

    /// <summary>Refuses a checkpoint whose number of blocks differs from config.json, if the file gives it.</summary>
    /// <exception cref="InvalidDataException">The numbers differ.</exception>
    public void CheckDepths(IReadOnlyList<int> found)
    {
        if (Config.Integers("depths") is { } depths && !depths.AsSpan().SequenceEqual(found.ToArray()))
        {
            throw new InvalidDataException(
                $"config.json says that the stages have {string.Join(", ", depths)} blocks, "
                + $"but the checkpoint has {(found.Count == 0 ? "none" : string.Join(", ", found))}.");
        }
    }

    /// <summary>Max pooling.</summary>
    public FeatureMap MaxPool(FeatureMap x, long size, long stride, long padding) =>
        x with
        {
            Value = Graph.Add(
                "MaxPool",
                [x.Value],
                ("kernel_shape", (long[])[size, size]),
                ("strides", (long[])[stride, stride]),
                ("pads", (long[])[padding, padding, padding, padding])),
        };

    /// <summary>Average pooling over 3 × 3 windows. Zero padding counts.</summary>
    public FeatureMap MeanPool(FeatureMap x) =>
        x with
        {
            Value = Graph.Add(
                "AveragePool",
                [x.Value],
                ("kernel_shape", (long[])[3, 3]),
                ("strides", (long[])[1, 1]),
                ("pads", (long[])[1, 1, 1, 1]),
                ("count_include_pad", 1L)),
        };

    /// <summary>The mean over height and width: [batch, channels].</summary>
    public string Mean(FeatureMap x) => Graph.Add("Flatten", [Graph.Add("GlobalAveragePool", [x.Value])]);

    /// <summary>Squeeze and excitation (Hu et al. 2018): channels are weighted by the mean over the whole picture.</summary>
    /// <param name="x">The features.</param>
    /// <param name="reduce">The convolution that reduces the channels.</param>
    /// <param name="expand">The convolution that restores them.</param>
    /// <param name="activation">Between the two.</param>
    /// <param name="gate">The activation that gives the weights.</param>
    public FeatureMap SqueezeExcite(FeatureMap x, string reduce, string expand, string activation, string gate)
    {
        var squeezed = x with { Value = Graph.Add("GlobalAveragePool", [x.Value]) };
        var weights = Convolution(Convolution(squeezed, reduce, activation), expand, gate);
        return x with { Value = Graph.Add("Mul", [x.Value, weights.Value]) };
    }

    /// <summary>activation(a + b).</summary>
    public FeatureMap Sum(FeatureMap a, FeatureMap b, string activation = "linear") =>
        a.Channels == b.Channels ? a with { Value = Activate(Graph.Add("Add", [a.Value, b.Value]), activation) }
        : throw new InvalidDataException($"The checkpoint's tensors do not match: {a.Channels} channels cannot be added to {b.Channels}.");

    /// <summary>Concatenates channels.</summary>
    public FeatureMap Concat(params ReadOnlySpan<FeatureMap> parts)
    {
        var (values, channels) = (new List<string>(), 0L);
        foreach (var part in parts)
        {
            values.Add(part.Value);
            channels += part.Channels;
        }

        return new FeatureMap(Graph.Concat(1, [.. values]), channels);
    }

    /// <summary>Offers features under a name.</summary>
    public FeatureMap Offer(string name, FeatureMap x)
    {
        Outputs.Offer(name, x.Value, "batch", NetworkOutputs.Axis(x.Channels), "rows", "columns");
        return x;
    }

    /// <summary>Offers the final outputs: the last features, their mean under every name that the libraries use, and the logits.</summary>
    public void End(FeatureMap x, string vector, string classifier, bool isSquare = false)
    {
        Offer("last_hidden_state", x);
        Offer("forward_features", x);
        OfferVector(vector, x.Channels, isSquare, "pooler_output", "pre_logits", "features", "avgpool");
        Classify(vector, classifier, x.Channels);
    }

    /// <summary>Offers one vector per picture under several names. In some families, pooler_output is [batch, channels, 1, 1].</summary>
    public void OfferVector(string vector, long size, bool isSquare, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (isSquare && name == "pooler_output")
            {
                Outputs.Offer(name, Graph.Reshape(vector, 0, -1, 1, 1), "batch", NetworkOutputs.Axis(size), "1", "1");
            }
            else
            {
                Outputs.Offer(name, vector, "batch", NetworkOutputs.Axis(size));
            }
        }
    }

    /// <summary>Offers logits by a linear layer if the checkpoint has it.</summary>
    public void Classify(string vector, string classifier, long size)
    {
        if (Outputs.Wants("logits") && Weights.Find(classifier + ".weight") is { Shape: [> 0 and var labels, ..] })
        {
            Outputs.Offer("logits", Linear(vector, classifier, labels, size), "batch", NetworkOutputs.Axis(labels));
        }
    }
}
