namespace Simile.Models.Architectures;

/// <summary>
/// The block of MobileNet v2 and v3 and of EfficientNet: wider (where the checkpoint has that step), a convolution, channels weighted (where it has
/// that), narrower; added to the input where sizes allow. An empty name leaves a step out.
/// </summary>
internal sealed record InvertedResidual
{
    /// <summary>The step that widens: convolution and norm.</summary>
    public (string Convolution, string Norm) Expand { get; init; } = (string.Empty, string.Empty);

    /// <summary>The convolution, mostly one kernel for each channel.</summary>
    public required (string Convolution, string Norm) Middle { get; init; }

    /// <summary>The step that weighs channels: its two convolutions.</summary>
    public (string Reduce, string Expand) Squeeze { get; init; } = (string.Empty, string.Empty);

    /// <summary>The step that narrows.</summary>
    public (string Convolution, string Norm) Project { get; init; } = (string.Empty, string.Empty);

    /// <summary>After widening and after the convolution.</summary>
    public string Activation { get; init; } = "relu6";

    /// <summary>Within the weighing of channels.</summary>
    public string SqueezeActivation { get; init; } = "silu";

    /// <summary>What makes weights of channels.</summary>
    public string Gate { get; init; } = "sigmoid";

    /// <summary>What follows the last step.</summary>
    public string LastActivation { get; init; } = "linear";

    /// <summary>Steps of the convolution.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Steps of the widening, where that is the one that moves.</summary>
    public int ExpandStride { get; init; } = 1;

    /// <summary>Whether the input is added; null where it is wherever sizes allow.</summary>
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
