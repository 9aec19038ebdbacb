using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <content>The nodes.</content>
internal sealed partial class ConvolutionGraph
{
    private FeatureMap Convolve(
        FeatureMap x, long[] shape, string weight, string bias, string activation, int stride, ConvolutionPadding padding)
    {
        var (height, width) = (shape[2], shape[3]);
        long[] pads = padding switch
        {
            ConvolutionPadding.Symmetric => [height / 2, width / 2, height / 2, width / 2],
            ConvolutionPadding.Late => [(height / 2) - 1, (width / 2) - 1, height / 2, width / 2],
            _ => [0, 0, 0, 0],
        };
        var value = Graph.Add(
            "Conv",
            bias.Length == 0 ? [x.Value, weight] : [x.Value, weight, bias],
            ("kernel_shape", (long[])[height, width]),
            ("strides", (long[])[stride, stride]),
            ("group", x.Channels / shape[1]),
            padding == ConvolutionPadding.Same ? ("auto_pad", "SAME_UPPER") : ("pads", pads));
        return new FeatureMap(Activate(value, activation), shape[0]);
    }

    private string Activate(string x, string name) => name switch
    {
        "relu6" => Graph.Add("Clip", [x, Graph.Scalar(0f), Graph.Scalar(6f)]),
        "hardswish" => Graph.Add("HardSwish", [x]),
        "hardsigmoid" => Graph.Add("HardSigmoid", [x], ("alpha", 1 / 6f), ("beta", 0.5f)),
        "silu" or "swish" => Silu(x),
        _ => Graph.Activation(x, name),
    };

    // Not Sigmoid: in the blocked layout ONNX Runtime's approximation is so coarse that EfficientNet-B0's result is off by 1.1e-4.
    private string Silu(string x) => Graph.Add("Div", [x, Graph.Add("Add", [Graph.Add("Exp", [Graph.Add("Neg", [x])]), Graph.Scalar(1f)])]);

    private Tensor Kernel(FeatureMap x, string name)
    {
        var tensor = Weights.Find(name + ".weight")
            ?? throw new InvalidDataException($"The checkpoint has no tensor {name}.weight, which this network needs.");
        return tensor.Shape is [> 0, > 0 and var inputs, > 0, > 0]
            && x.Channels % inputs == 0 && tensor.Shape[0] % (x.Channels / inputs) == 0
            ? tensor
            : throw new InvalidDataException(
                $"Tensor {tensor.Name} has the shape [{string.Join(", ", tensor.Shape)}], "
                + $"which does not match a convolution over {x.Channels} channels.");
    }

    private float[] Vector(string name, long length) => Weights.Get(name, length).ToFloats().ToArray();
}
