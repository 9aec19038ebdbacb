namespace Simile.Models.Architectures;

/// <content>Steps without parameters.</content>
internal sealed partial class ConvolutionGraph
{
    /// <summary>Every second pixel, with zero channels added before and after: option A of He et al. 2016.</summary>
    public FeatureMap Widen(FeatureMap x, long channels, long stride)
    {
        var missing = channels - x.Channels;
        if (missing < 0)
        {
            throw new InvalidDataException(
                $"The checkpoint's tensors do not match: changing {x.Channels} channels to {channels} needs shortcut weights.");
        }

        var every = Graph.Add(
            "Slice",
            [
                x.Value, Graph.Constant(0L, 0L), Graph.Constant(long.MaxValue, long.MaxValue), Graph.Constant(2L, 3L),
                Graph.Constant(stride, stride),
            ]);
        var padded = Graph.Add("Pad", [every, Graph.Constant(0, missing / 2, 0, 0, 0, missing - (missing / 2), 0, 0)]);
        return new FeatureMap(padded, channels);
    }

    /// <summary>
    /// Converts colors normalized with ImageNet's mean and deviation to (x − 0.5) / 0.5, as torchvision's published Inception expects
    /// (transform_input).
    /// </summary>
    public FeatureMap FromImageNet(FeatureMap x)
    {
        var scale = Graph.Weight<float>((float[])[0.229f / 0.5f, 0.224f / 0.5f, 0.225f / 0.5f], 1, 3, 1, 1);
        var shift = Graph.Weight<float>((float[])[(0.485f - 0.5f) / 0.5f, (0.456f - 0.5f) / 0.5f, (0.406f - 0.5f) / 0.5f], 1, 3, 1, 1);
        return x with { Value = Graph.Add("Add", [Graph.Add("Mul", [x.Value, scale]), shift]) };
    }
}
