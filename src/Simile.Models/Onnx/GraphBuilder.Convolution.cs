using Simile.Models.Checkpoints;

namespace Simile.Models.Onnx;

internal sealed partial class GraphBuilder
{
    /// <summary>A convolution over one or two axes: x [batch, channels, …] with W [out, channels / groups, …].</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">W.</param>
    /// <param name="bias">One number per output channel; null for none.</param>
    /// <param name="stride">The stride, the same for every axis; or one for each.</param>
    /// <param name="padding">Zero padding before and after every axis.</param>
    /// <param name="groups">Number of channel groups.</param>
    public string Conv(string x, Tensor weight, Tensor? bias, long[] stride, long padding = 0, long groups = 1) =>
        Conv(x, Weight(weight), bias is null ? null : Weight(bias), weight.Shape.Length - 2, stride, padding, groups);

    /// <summary>A convolution whose weight is a value of the graph.</summary>
    public string Conv(string x, string weight, string? bias, int axes, long[] stride, long padding, long groups) => Add(
        "Conv",
        bias is null ? [x, weight] : [x, weight, bias],
        ("strides", stride.Length == axes ? stride : [.. Enumerable.Repeat(stride[0], axes)]),
        ("pads", Enumerable.Repeat(padding, 2 * axes).ToArray()),
        ("group", groups));

    /// <summary>Transposes the axes.</summary>
    public string Transpose(string x, params long[] order) => Add("Transpose", [x], ("perm", order));

    /// <summary>Concatenates values along an axis.</summary>
    public string Concat(long axis, params ReadOnlySpan<string> parts) => Add("Concat", parts, ("axis", axis));

    /// <summary>The sizes of axes <paramref name="from"/> to <paramref name="to"/> (exclusive) of a value: int64.</summary>
    public string Sizes(string x, long from, long to) => Add("Shape", [x], ("start", from), ("end", to));

    /// <summary>The part from <paramref name="from"/> to <paramref name="to"/> (exclusive) along an axis.</summary>
    public string Slice(string x, long axis, long from, long to) =>
        Add("Slice", [x, Constant(from), Constant(to), Constant(axis)]);
}
