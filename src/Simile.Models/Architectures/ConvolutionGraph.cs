using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A network of convolutions over <c>pixel_values</c>, float [batch, channels, height, width], normalised.</summary>
/// <remarks>
/// What a layer is like is read off its tensors: kernel, channels, groups. Batch norms are worked into the convolution before them:
/// w · γ / √(σ² + ε) and β − μ · γ / √(σ² + ε), computed in float64.
/// </remarks>
internal sealed partial class ConvolutionGraph : NetworkGraph
{
    /// <summary>Declares the input.</summary>
    public ConvolutionGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
        : base(graph, config, weights, outputs)
    {
        var channels = config.OptionalSize("num_channels") ?? 3;
        Pixels = new FeatureMap(graph.Input("pixel_values", TensorElementType.Float, "batch", NetworkOutputs.Axis(channels), "height", "width"), channels);
    }

    private ConvolutionGraph(ConvolutionGraph other, ConvolutionPadding padding)
        : base(other.Graph, other.Config, other.Weights, other.Outputs) =>
        (Pixels, BatchNormEpsilon, StridePadding) = (other.Pixels, other.BatchNormEpsilon, padding);

    /// <summary>The picture.</summary>
    public FeatureMap Pixels { get; }

    /// <summary>Added to the variance in batch norms.</summary>
    public float BatchNormEpsilon { get; init; } = 1e-5f;

    /// <summary>How strided convolutions are padded.</summary>
    public ConvolutionPadding StridePadding { get; init; } = ConvolutionPadding.Symmetric;

    /// <summary>The same network, strided convolutions padded in another way.</summary>
    public ConvolutionGraph Padded(ConvolutionPadding padding) => new(this, padding);

    /// <summary>activation(batch norm(convolution)), padded so that stride 1 keeps the size.</summary>
    /// <param name="x">What is convolved.</param>
    /// <param name="convolution">The convolution's name.</param>
    /// <param name="norm">The batch norm's name.</param>
    /// <param name="activation">What follows.</param>
    /// <param name="stride">Steps.</param>
    /// <param name="padding">Zeros around; by the kernel where it is null.</param>
    public FeatureMap Unit(FeatureMap x, string convolution, string norm, string activation = "relu", int stride = 1, ConvolutionPadding? padding = null)
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

        return Convolve(x, weight.Shape, Graph.Weight<float>(folded, weight.Shape), Graph.Constant(bias), activation, stride, padding ?? (stride == 1 ? ConvolutionPadding.Symmetric : StridePadding));
    }

    /// <summary>activation(convolution), without a batch norm.</summary>
    public FeatureMap Convolution(FeatureMap x, string name, string activation = "linear", int stride = 1, ConvolutionPadding padding = ConvolutionPadding.Symmetric)
    {
        var weight = Kernel(x, name);
        var bias = Weights.Has(name + ".bias") ? Graph.Constant(Vector(name + ".bias", weight.Shape[0])) : string.Empty;
        return Convolve(x, weight.Shape, Graph.Weight(weight), bias, activation, stride, padding);
    }

    /// <summary>The rows and columns of a convolution's kernel.</summary>
    public (long Height, long Width) KernelSize(string name) => Weights.Find(name + ".weight") is { Shape: [_, _, var height, var width] } ? (height, width)
        : throw new InvalidDataException($"The checkpoint has no convolution {name}, which this network needs.");

    /// <summary>Refuses a checkpoint that has more or fewer blocks than config.json says, where that says it.</summary>
    /// <exception cref="InvalidDataException">It has.</exception>
    public void CheckDepths(IReadOnlyList<int> found)
    {
        if (Config.Integers("depths") is { } depths && !depths.AsSpan().SequenceEqual(found.ToArray()))
        {
            throw new InvalidDataException($"config.json says that the stages have {string.Join(", ", depths)} blocks, but the checkpoint has {(found.Count == 0 ? "none" : string.Join(", ", found))}.");
        }
    }

    /// <summary>The greatest of each window.</summary>
    public FeatureMap MaxPool(FeatureMap x, long size, long stride, long padding) =>
        x with { Value = Graph.Add("MaxPool", [x.Value], ("kernel_shape", (long[])[size, size]), ("strides", (long[])[stride, stride]), ("pads", (long[])[padding, padding, padding, padding])) };

    /// <summary>The mean of each window of 3 × 3, zeros around the picture counted.</summary>
    public FeatureMap MeanPool(FeatureMap x) =>
        x with { Value = Graph.Add("AveragePool", [x.Value], ("kernel_shape", (long[])[3, 3]), ("strides", (long[])[1, 1]), ("pads", (long[])[1, 1, 1, 1]), ("count_include_pad", 1L)) };

    /// <summary>The mean over rows and columns: [batch, channels].</summary>
    public string Mean(FeatureMap x) => Graph.Add("Flatten", [Graph.Add("GlobalAveragePool", [x.Value])]);

    /// <summary>Channels weighted by what the whole picture says of them (Hu et al. 2018).</summary>
    /// <param name="x">The features.</param>
    /// <param name="reduce">The convolution to few channels.</param>
    /// <param name="expand">The convolution back.</param>
    /// <param name="activation">Between the two.</param>
    /// <param name="gate">What makes weights of the result.</param>
    public FeatureMap SqueezeExcite(FeatureMap x, string reduce, string expand, string activation, string gate)
    {
        var squeezed = x with { Value = Graph.Add("GlobalAveragePool", [x.Value]) };
        var weights = Convolution(Convolution(squeezed, reduce, activation), expand, gate);
        return x with { Value = Graph.Add("Mul", [x.Value, weights.Value]) };
    }

    /// <summary>activation(a + b).</summary>
    public FeatureMap Sum(FeatureMap a, FeatureMap b, string activation = "linear") =>
        a.Channels == b.Channels ? a with { Value = Activate(Graph.Add("Add", [a.Value, b.Value]), activation) }
        : throw new InvalidDataException($"The checkpoint's tensors do not fit together: {a.Channels} channels are to be added to {b.Channels}.");

    /// <summary>The channels of several beside each other.</summary>
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

    /// <summary>Offers features by name.</summary>
    public FeatureMap Offer(string name, FeatureMap x)
    {
        Outputs.Offer(name, x.Value, "batch", NetworkOutputs.Axis(x.Channels), "rows", "columns");
        return x;
    }

    /// <summary>Offers what ends a network: its last features, their mean under every name that the libraries give it, and the classes.</summary>
    public void End(FeatureMap x, string vector, string classifier, bool isSquare = false)
    {
        Offer("last_hidden_state", x);
        Offer("forward_features", x);
        OfferVector(vector, x.Channels, isSquare, "pooler_output", "pre_logits", "features", "avgpool");
        Classify(vector, classifier, x.Channels);
    }

    /// <summary>Offers one vector for each picture under several names. pooler_output of some families is [batch, channels, 1, 1].</summary>
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

    /// <summary>Offers logits by a linear layer, where the checkpoint has it.</summary>
    public void Classify(string vector, string classifier, long size)
    {
        if (Outputs.Wants("logits") && Weights.Find(classifier + ".weight") is { Shape: [> 0 and var labels, ..] })
        {
            Outputs.Offer("logits", Linear(vector, classifier, labels, size), "batch", NetworkOutputs.Axis(labels));
        }
    }
}
