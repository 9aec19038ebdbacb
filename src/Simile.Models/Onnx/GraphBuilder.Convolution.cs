using Simile.Models.Checkpoints;

namespace Simile.Models.Onnx;

internal sealed partial class GraphBuilder
{
    /// <summary>A convolution over one axis or two: x [batch, channels, …] with W [out, channels / groups, …].</summary>
    /// <param name="x">What is convolved.</param>
    /// <param name="weight">W.</param>
    /// <param name="bias">One number for each channel that comes out; null for none.</param>
    /// <param name="stride">Steps, the same along every axis; or one for each.</param>
    /// <param name="padding">Zeros before and behind every axis.</param>
    /// <param name="groups">Parts that the channels are split into.</param>
    public string Conv(string x, Tensor weight, Tensor? bias, long[] stride, long padding = 0, long groups = 1) =>
        Conv(x, Weight(weight), bias is null ? null : Weight(bias), weight.Shape.Length - 2, stride, padding, groups);

    /// <summary>A convolution whose weight is a value of the graph.</summary>
    public string Conv(string x, string weight, string? bias, int axes, long[] stride, long padding, long groups) => Add(
        "Conv",
        bias is null ? [x, weight] : [x, weight, bias],
        ("strides", stride.Length == axes ? stride : [.. Enumerable.Repeat(stride[0], axes)]),
        ("pads", Enumerable.Repeat(padding, 2 * axes).ToArray()),
        ("group", groups));

    /// <summary>The same numbers with their axes in another order.</summary>
    public string Transpose(string x, params long[] order) => Add("Transpose", [x], ("perm", order));

    /// <summary>Values one after the other along an axis.</summary>
    public string Concat(long axis, params ReadOnlySpan<string> parts) => Add("Concat", parts, ("axis", axis));

    /// <summary>The sizes of some axes of a value: int64, from axis <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public string Sizes(string x, long from, long to) => Add("Shape", [x], ("start", from), ("end", to));

    /// <summary>The part from <paramref name="from"/> up to <paramref name="to"/> along an axis.</summary>
    public string Slice(string x, long axis, long from, long to) =>
        Add("Slice", [x, Constant(from), Constant(to), Constant(axis)]);
}
