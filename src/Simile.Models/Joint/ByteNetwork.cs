using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Simile.Models.Onnx;

namespace Simile.Models.Joint;

/// <summary>A classifier of convolutions in a row, some of them around others: all layers but the last, a mean over all places, the last layer.</summary>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Sigmoid">Whether a class is judged by itself; else all of them by softmax.</param>
/// <param name="Layers">In their order.</param>
internal sealed record ByteNetwork(int Channels, bool Sigmoid, IReadOnlyList<ByteLayer> Layers)
{
    /// <summary>The name of what goes in.</summary>
    public const string Input = "values";

    /// <summary>The name of the probabilities of the classes.</summary>
    public const string Scores = "scores";

    /// <summary>The name of what stands before the last layer.</summary>
    public const string Embedding = "embedding";

    /// <summary>Number of classes.</summary>
    public int Classes => Layers[^1].Shape[0];

    /// <summary>Makes it ready to run.</summary>
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
        [x, graph.Weight<float>(layer.ToFloats(), [.. layer.Shape.Select(size => (long)size)]), graph.Weight<float>(layer.Bias, layer.Bias.Length)],
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
