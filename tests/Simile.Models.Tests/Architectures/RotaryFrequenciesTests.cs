using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Architectures;

public class RotaryFrequenciesTests
{
    [Theory]
    [InlineData("{}", 1, 0.01f)]
    [InlineData("""{ "rope_theta": 100 }""", 1, 0.1f)]
    [InlineData("""{ "rope_theta": 100, "rope_scaling": { "type": "linear", "factor": 4 } }""", 0.25f, 0.025f)]
    [InlineData("""{ "rope_parameters": { "rope_theta": 100, "rope_type": "default" } }""", 1, 0.1f)]
    [InlineData("""{ "rope_parameters": { "near": { "rope_theta": 100 }, "far": { "rope_theta": 4 } } }""", 1, 0.1f)]
    // Of the waves 2π and 200π, in 32 trained places, the short one stays and the long one is stretched by 8.
    [InlineData(
        """{ "rope_scaling": { "rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4"""
        + """, "original_max_position_embeddings": 32 } }""", 1, 0.00125f)]
    public void Files_of_either_layout_give_the_frequencies(string config, float first, float second)
    {
        var frequencies = Read(config).Frequencies;
        Assert.Equal([first, second], frequencies, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    // Qwen's card of 128 components, base 1,000,000, four times 32,768 places: the correction range of the paper's formulas is 23 to 40,
    // and √t is .1 ln 4 + 1.
    [Fact]
    public void Yarn_keeps_the_fast_pairs_and_slows_the_slow_ones_down()
    {
        var plain = RotaryFrequencies.Plain(128, 1e6f);
        var angles = Read(
            """{ "rope_theta": 1000000, "rope_scaling": { "type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768 } }""",
            128);
        Assert.Equal(1.1386294f, angles.Scale, 1e-6f);
        Assert.Equal(plain[..24], angles.Frequencies[..24]);
        Assert.Equal(Array.ConvertAll(plain[40..], f => f / 4), angles.Frequencies[40..], (a, b) => Math.Abs(a - b) <= 1e-7f * a);
        Assert.Equal(plain[31] * (1 - (0.75f * 8 / 17)), angles.Frequencies[31], plain[31] * 1e-5f);
        Assert.Equal(1, Read(
            """{ "rope_scaling": { "type": "yarn", "factor": 40, "mscale": 1, "mscale_all_dim": 1"""
            + """, "original_max_position_embeddings": 4096 } }""").Scale);
        Assert.Equal(0.5f, Read(
            """{ "rope_scaling": { "type": "yarn", "factor": 40, "attention_factor": 0.5"""
            + """, "original_max_position_embeddings": 4096 } }""").Scale);
    }

    // Phi-3's card: 4,096 places made 131,072, √(1 + ln 32 / ln 4096) = 1.190238.
    [Fact]
    public void Longrope_has_a_factor_for_each_pair_and_another_for_longer_texts()
    {
        var angles = Read("""
            { "rope_theta": 100, "max_position_embeddings": 131072, "original_max_position_embeddings": 4096,
              "rope_scaling": { "type": "longrope", "short_factor": [1, 2], "long_factor": [4, 5] } }
            """);
        Assert.Equal([1, 0.05f], angles.Frequencies);
        Assert.Equal([0.25f, 0.02f], angles.Beyond!);
        Assert.Equal(4096, angles.Trained);
        Assert.Equal(1.190238f, angles.Scale, 1e-6f);
    }

    [Theory]
    [InlineData(
        """{ "rope_scaling": { "rope_type": "longrope", "short_factor": [1], "long_factor": [4, 5]"""
        + """, "original_max_position_embeddings": 16 } }""")]
    [InlineData(
        """{ "rope_scaling": { "rope_type": "longrope", "short_factor": [1, 0], "long_factor": [4, 5]"""
        + """, "original_max_position_embeddings": 16 } }""")]
    [InlineData("""{ "rope_theta": 1, "rope_scaling": { "rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 16 } }""")]
    [InlineData("""{ "rope_scaling": { "rope_type": "yarn", "factor": -4, "original_max_position_embeddings": 16 } }""")]
    [InlineData("""{ "rope_scaling": { "rope_type": "dynamic", "factor": 2 } }""")]
    [InlineData("""{ "rope_scaling": { "rope_type": "dynamic", "factor": 2, "original_max_position_embeddings": 1 } }""")]
    public void Numbers_that_make_no_sense_are_refused(string config) => Assert.Throws<InvalidDataException>(() => Read(config));

    [Theory]
    [InlineData("""{ "max_position_embeddings": 6, "rope_scaling": { "rope_type": "dynamic", "factor": 3 } }""")]
    [InlineData(
        """{ "original_max_position_embeddings": 6, "max_position_embeddings": 24, "rope_scaling": { "rope_type": "longrope","""
        + """ "short_factor": [1, 2], "long_factor": [4, 5] } }""")]
    [InlineData("""{ "rope_scaling": { "rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 64 } }""")]
    public void A_graph_turns_each_row_as_its_own_length_asks(string config)
    {
        const int Length = 12;
        var angles = Read(config);
        int[] tokens = [Length, 5, 8];
        var turned = Turned(angles, tokens, Length);
        for (var row = 0; row < tokens.Length; row++)
        {
            var frequencies = SlowFrequencies(angles, tokens[row]);
            for (var place = 0; place < Length; place++)
            {
                for (var pair = 0; pair < 2; pair++)
                {
                    // What is turned is a one in the first half of the head and none in the second: its cosine and its sine remain.
                    var at = (((row * Length) + place) * 4) + pair;
                    Assert.Equal(angles.Scale * Math.Cos(place * frequencies[pair]), turned[at], 2e-5);
                    Assert.Equal(angles.Scale * Math.Sin(place * frequencies[pair]), turned[at + 2], 2e-5);
                }
            }
        }
    }

    [Fact]
    public void Another_scaling_is_refused_with_those_that_are_built() =>
        Assert.Contains(
            "longrope or yarn",
            Assert.Throws<NotSupportedException>(() => Read("""{ "rope_scaling": { "rope_type": "spiral", "factor": 4 } }""")).Message,
            StringComparison.Ordinal);

    private static double[] SlowFrequencies(RotaryAngles angles, int tokens)
    {
        if (tokens <= angles.Trained || (angles.Beyond is null && angles.Stretch is null))
        {
            return [.. angles.Frequencies.Select(f => (double)f)];
        }

        if (angles.Stretch is not { } stretch)
        {
            return [.. angles.Beyond!.Select(f => (double)f)];
        }

        var grown =
            stretch.Base * Math.Pow((stretch.Factor * tokens / angles.Trained) - (stretch.Factor - 1), angles.Size / (angles.Size - 2.0));
        return [.. Enumerable.Range(0, angles.Size / 2).Select(i => Math.Pow(grown, -2.0 * i / angles.Size))];
    }

    // Heads of four components: 1, 1, 0, 0 at every place.
    private static float[] Turned(RotaryAngles angles, int[] tokens, int length)
    {
        using var json = JsonDocument.Parse("{}");
        var graph = new GraphBuilder();
        var text = new TextGraph(
            graph,
            new ConfigFile(json.RootElement),
            new Weights(new Checkpoint(new Dictionary<string, Tensor>())),
            new NetworkOutputs(graph, ["turned"]));
        var x = graph.Input("x", TensorElementType.Float, "batch", "length", "4");
        text.Outputs.Offer("turned", new Rotary(text, angles).Turn(x, 1, 4), "batch", "length", "4");
        using var model = graph.Build();
        var values = Enumerable.Range(0, tokens.Length * length).SelectMany(_ => new float[] { 1, 1, 0, 0 }).ToArray();
        var mask = tokens.SelectMany(count => Enumerable.Range(0, length).Select(place => place < count ? 1L : 0)).ToArray();
        using var xs = OrtValue.CreateTensorValueFromMemory(values, [tokens.Length, length, 4]);
        using var ids = OrtValue.CreateTensorValueFromMemory(new long[mask.Length], [tokens.Length, length]);
        using var masks = OrtValue.CreateTensorValueFromMemory(mask, [tokens.Length, length]);
        using var outputs = model.Run(["x", "input_ids", "attention_mask"], [xs, ids, masks], ["turned"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static RotaryAngles Read(string config, int size = 4)
    {
        using var json = JsonDocument.Parse(config);
        return RotaryFrequencies.Read(new ConfigFile(json.RootElement), size, "rope_theta", 10_000, "near");
    }
}
