namespace Simile.Models.Architectures;

/// <summary>
/// The block of MobileNet v2 and v3 and of EfficientNet: expansion, convolution, squeeze and excitation, projection, and a residual
/// connection if sizes match. An empty name leaves a step out.
/// </summary>
internal sealed record InvertedResidual
{
    /// <summary>The expansion: convolution and norm.</summary>
    public (string Convolution, string Norm) Expand { get; init; } = (string.Empty, string.Empty);

    /// <summary>The convolution, usually depthwise.</summary>
    public required (string Convolution, string Norm) Middle { get; init; }

    /// <summary>The two convolutions of squeeze and excitation.</summary>
    public (string Reduce, string Expand) Squeeze { get; init; } = (string.Empty, string.Empty);

    /// <summary>The projection.</summary>
    public (string Convolution, string Norm) Project { get; init; } = (string.Empty, string.Empty);

    /// <summary>The activation after the expansion and the convolution.</summary>
    public string Activation { get; init; } = "relu6";

    /// <summary>The activation within squeeze and excitation.</summary>
    public string SqueezeActivation { get; init; } = "silu";

    /// <summary>The activation that gives the channel weights.</summary>
    public string Gate { get; init; } = "sigmoid";

    /// <summary>The activation after the last step.</summary>
    public string LastActivation { get; init; } = "linear";

    /// <summary>The stride of the convolution.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The stride of the expansion, if it strides instead.</summary>
    public int ExpandStride { get; init; } = 1;

    /// <summary>Whether to add the input; null: if sizes match.</summary>
    public bool? Adds { get; init; }

    /// <summary>Writes the block.</summary>
    public FeatureMap Build(ConvolutionGraph network, FeatureMap x)
    {
        var y = Expand.Convolution.Length == 0 ? x : network.Unit(x, Expand.Convolution, Expand.Norm, Activation, ExpandStride);
        y = Middle.Convolution.Length == 0 ? y : network.Unit(y, Middle.Convolution, Middle.Norm, Activation, Stride);
        y = Squeeze.Reduce.Length == 0 ? y : network.SqueezeExcite(y, Squeeze.Reduce, Squeeze.Expand, SqueezeActivation, Gate);
        y = Project.Convolution.Length == 0 ? y : network.Unit(y, Project.Convolution, Project.Norm, LastActivation);
        return Adds ?? (Stride * ExpandStride == 1 && x.Channels == y.Channels) ? network.Sum(x, y) : y;
    }
}
