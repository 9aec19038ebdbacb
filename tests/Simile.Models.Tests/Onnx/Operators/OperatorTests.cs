using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using ElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Onnx.Operators;

/// <summary>Our operators beside ONNX Runtime's, in one graph.</summary>
public class OperatorTests
{
    [Fact]
    public void A_linear_layer_with_gelu_is_that_of_ONNX_Runtime() => Compare(
        (graph, x) => graph.Linear(x, Random("w", 72, 40), Random("b", 72), "gelu"),
        (graph, x) => graph.Add("com.microsoft.Gelu", [graph.Linear(x, Random("w", 72, 40), Random("b", 72))]),
        72);

    [Fact]
    public void The_norm_of_a_sum_is_that_of_ONNX_Runtime() => Compare(
        (graph, x) =>
            graph.SkipLayerNorm(graph.MatMul(x, Random("w", 40, 40)), x, Random("b", 40), Random("scale", 40), Random("shift", 40), 1e-5f),
        (graph, x) => graph.LayerNorm(
            graph.Add("Add", [graph.Linear(x, Random("w", 40, 40), Random("b", 40)), x]), Random("scale", 40), Random("shift", 40), 1e-5f),
        40);

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(5, 5, true)]
    [InlineData(10, 5, false)]
    [InlineData(10, 2, true)]
    public void Attention_is_that_of_ONNX_Runtime(int heads, int keyHeads, bool causal)
    {
        var size = 40 / heads;
        Compare(
            (graph, x) => graph.AttentionRows(
                graph.MatMul(x, Random("q", 40, 40)),
                graph.MatMul(x, Random("k", keyHeads * size, 40)),
                graph.MatMul(x, Random("v", keyHeads * size, 40)),
                null,
                null,
                null,
                (heads, keyHeads),
                .4f,
                causal),
            (graph, x) =>
            {
                string Spread(string y) => graph.Reshape(
                    graph.Add(
                        "Expand", [graph.Reshape(y, 0, 0, keyHeads, 1, size), graph.Constant(1L, 1, keyHeads, heads / keyHeads, size)]),
                    0,
                    0,
                    40);
                return graph.Add(
                    "com.microsoft.MultiHeadAttention",
                    [
                        graph.MatMul(x, Random("q", 40, 40)),
                        Spread(graph.MatMul(x, Random("k", keyHeads * size, 40))),
                        Spread(graph.MatMul(x, Random("v", keyHeads * size, 40))),
                    ],
                    ("num_heads", (long)heads),
                    ("scale", .4f),
                    ("unidirectional", causal ? 1L : 0L));
            },
            40);
    }

    [Fact]
    public void A_failure_inside_an_operator_is_an_exception_outside()
    {
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Float, "batch", "length", "40");
        graph.Output("y", graph.AttentionRows(x, x, x, null, null, null, (0, 1), 1, false), ElementType.Float, "batch", "length", "40");
        using var model = graph.Build();
        var error = Assert.Throws<InvalidDataException>(() => Run(model));
        Assert.Contains("The network cannot run on this input", error.Message, StringComparison.Ordinal);
    }

    private static void Compare(Func<GraphBuilder, string, string> ours, Func<GraphBuilder, string, string> theirs, int width)
    {
        var (actual, expected) = (Run(Build(ours, width)), Run(Build(theirs, width)));
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 3e-6f);
        }
    }

    private static OnnxModel Build(Func<GraphBuilder, string, string> write, int width)
    {
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Float, "batch", "length", "40");
        graph.Output("y", write(graph, x), ElementType.Float, "batch", "length", $"{width}");
        return graph.Build();
    }

    private static float[] Run(OnnxModel model)
    {
        using var owned = model;
        using var value = OrtValue.CreateTensorValueFromMemory(Random("x", 3, 50, 40).ToFloats().ToArray(), [3, 50, 40]);
        using var results = model.Run(["x"], [value], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // The same numbers for the same name.
    private static Tensor Random(string name, params long[] shape)
    {
        var random = new Random(name[0]);
        return GraphBuilderTests.Floats(name, shape, (_, _) => (random.NextSingle() * .6f) - .3f);
    }
}
