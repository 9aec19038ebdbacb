using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Simile.Models.Onnx;

namespace Simile.Models.Projection;

/// <summary>
/// A convolutional classifier with residual connections: all layers but the last, global average pooling, the last layer.
/// </summary>
/// <param name="Channels">Number of input channels.</param>
/// <param name="Sigmoid">Whether each class has its own sigmoid. Otherwise softmax over all.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record ByteNetwork(int Channels, bool Sigmoid, IReadOnlyList<ByteLayer> Layers)
{
    /// <summary>The name of the input.</summary>
    public const string Input = "values";

    /// <summary>The name of the output with class probabilities.</summary>
    public const string Scores = "scores";

    /// <summary>The name of the output before the last layer.</summary>
    public const string Embedding = "embedding";

    /// <summary>Number of classes.</summary>
    public int Classes => Layers[^1].Shape[0];

    /// <summary>Creates the session.</summary>
    public OnnxModel Build()
    {
        var graph = new GraphBuilder();
        var x = graph.Input(Input, TensorElementType.Float, "batch", Channels.ToString(CultureInfo.InvariantCulture), "height", "width");
        var outputs = new List<string>();
        foreach (var layer in Layers.SkipLast(1))
        {
            x = Limit(graph, Convolve(graph, x, layer), layer.Low, layer.High);
            x = layer.Adds < 0 ? x : Limit(graph, graph.Add("Add", [x, outputs[layer.Adds]]), layer.SumLow, layer.SumHigh);
            outputs.Add(x);
        }

        var mean = graph.Add("GlobalAveragePool", [x]);
        var logits = graph.Add("Flatten", [Convolve(graph, mean, Layers[^1])], ("axis", 1L));
        var scores = Sigmoid ? graph.Add("Sigmoid", [logits]) : graph.Add("Softmax", [logits], ("axis", -1L));
        graph.Output(Scores, scores, TensorElementType.Float, "batch", Size(Classes));
        graph.Output(Embedding, graph.Add("Flatten", [mean], ("axis", 1L)), TensorElementType.Float, "batch", Size(Layers[^1].Shape[1]));
        return graph.Build();
    }

    private static string Size(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Convolve(GraphBuilder graph, string x, ByteLayer layer) => graph.Add(
        "Conv",
        [x, graph.Weight<float>(layer.ToFloats(), [.. layer.Shape.Select(size => (long)size)]), graph.Weight<float>(
            layer.Bias, layer.Bias.Length)],
        ("auto_pad", "SAME_UPPER"),
        ("strides", new long[] { layer.Stride, layer.Stride }),
        ("group", (long)layer.Groups));

    private static string Limit(GraphBuilder graph, string x, float low, float high) => (low, high) switch
    {
        (float.NegativeInfinity, float.PositiveInfinity) => x,
        (0, float.PositiveInfinity) => graph.Add("Relu", [x]),
        _ => graph.Add("Clip", [x, graph.Scalar(low), graph.Scalar(high)]),
    };
}
