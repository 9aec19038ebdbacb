namespace Simile.Models.Architectures;

/// <summary>
/// The inverted residuals of torchvision's MobileNet v3 and EfficientNet. Their steps are numbered consecutively, whichever steps a block
/// has.
/// </summary>
internal static class TorchVisionBlocks
{
    /// <summary>Reads the steps of a block from the names of its tensors.</summary>
    public static InvertedResidual Read(ConvolutionGraph network, string prefix, string activation, int stride)
    {
        var step = 0;
        var expands = network.KernelSize(prefix + "0.0").Height == 1;
        var expand = expands ? Names(prefix, step++) : (string.Empty, string.Empty);
        var middle = Names(prefix, step++);
        var squeeze = (string.Empty, string.Empty);
        if (network.Weights.Has($"{prefix}{step}.fc1.weight"))
        {
            squeeze = ($"{prefix}{step}.fc1", $"{prefix}{step}.fc2");
            step++;
        }

        return new InvertedResidual
        {
            Expand = expand,
            Middle = middle,
            Squeeze = squeeze,
            Project = network.Weights.Has($"{prefix}{step}.0.weight") ? Names(prefix, step) : (string.Empty, string.Empty),
            Activation = activation,
            Stride = stride,
        };
    }

    private static (string Convolution, string Norm) Names(string prefix, int step) => ($"{prefix}{step}.0", $"{prefix}{step}.1");
}
