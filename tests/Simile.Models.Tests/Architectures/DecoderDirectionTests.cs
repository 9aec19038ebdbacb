using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>
/// Decoders with bidirectional attention, under each name of that setting in config.json, and projections after the last norm.
/// </summary>
public class DecoderDirectionTests
{
    [Theory]
    [InlineData("qwen3_left", "use_bidirectional_attention", "true")]
    [InlineData("qwen3_left", "is_causal", "false")]
    [InlineData("qwen3_left", "attention_type", "\"bidirectional\"")]
    [InlineData("qwen3_left", "architectures", "[\"Qwen3BidirectionalModel\"]")]
    [InlineData("llama", "use_bidirectional_attention", "true")]
    [InlineData("llama", "bidirectional", "true")]
    [InlineData("llama", "use_causal_mask", "false")]
    [InlineData("llama", "architectures", "[\"LlamaBiModel\"]")]
    public void A_file_that_says_so_is_built_to_look_both_ways(string name, string field, string value)
    {
        var (config, checkpoint) = Read(name);
        using (checkpoint)
        {
            // The first token of a causal network does not know of the last one.
            Assert.Equal(First(config, checkpoint, 7), First(config, checkpoint, 9));
            config[field] = JsonNode.Parse(value);
            var (one, other) = (First(config, checkpoint, 7), First(config, checkpoint, 9));
            Assert.NotEqual(one, other);

            // All names mean the same network.
            config.Remove(field);
            config["is_causal"] = false;
            Assert.Equal(one, First(config, checkpoint, 7));
        }
    }

    [Fact]
    public void A_file_that_contradicts_itself_is_refused()
    {
        var (config, checkpoint) = Read("llama");
        using (checkpoint)
        {
            (config["is_causal"], config["use_bidirectional_attention"]) = (true, true);
            Assert.Contains(
                "contradicts itself",
                Assert.Throws<NotSupportedException>(() => First(config, checkpoint, 7)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_window_in_a_network_that_looks_both_ways_is_refused_where_nobody_says_what_it_means()
    {
        var (config, checkpoint) = Read("qwen3_left");
        using (checkpoint)
        {
            (config["use_sliding_window"], config["sliding_window"], config["max_window_layers"]) = (true, 4, 0);
            config.Remove("layer_types");
            First(config, checkpoint, 7);
            config["is_causal"] = false;
            Assert.Contains(
                "sliding_window",
                Assert.Throws<NotSupportedException>(() => First(config, checkpoint, 7)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_projection_behind_the_last_norm_is_applied_to_every_token()
    {
        var (config, checkpoint) = Read("qwen3_left");
        using (checkpoint)
        {
            var plain = First(config, checkpoint, 7);
            var (size, hidden) = (5, plain.Length);
            var numbers = Enumerable.Range(0, size * hidden).Select(i => MathF.Cos(i)).ToArray();
            var linear = new Tensor(
                "linear.weight",
                DType.F32,
                [size, hidden],
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
            var projected = First(config, new Checkpoint(checkpoint.Tensors.Append(new(linear.Name, linear)).ToDictionary()), 7);
            Assert.Equal(size, projected.Length);
            Assert.All(
                projected.Select((number, i) => (number, plain.Select((x, k) => (double)x * numbers[(i * hidden) + k]).Sum())),
                pair => Assert.Equal(pair.Item2, pair.number, 1e-4));
        }
    }

    // The vector of the first of three tokens.
    private static float[] First(JsonObject config, Checkpoint checkpoint, long last)
    {
        using var parsed = JsonDocument.Parse(config.ToJsonString());
        using var network = TextNetwork.Build(parsed.RootElement, new Checkpoint(checkpoint.Tensors), ["last_hidden_state"]);
        using var results = network.Run(
            ["input_ids", "attention_mask"],
            [
                OrtValue.CreateTensorValueFromMemory(new[] { 5L, 6, last }, [1, 3]),
                OrtValue.CreateTensorValueFromMemory(new[] { 1L, 1, 1 }, [1, 3]),
            ],
            network.Outputs);
        var all = results[0].GetTensorDataAsSpan<float>();
        return all[..(all.Length / 3)].ToArray();
    }

    private static (JsonObject Config, Checkpoint Checkpoint) Read(string name)
    {
        var folder = Assets.Require("golden/architectures/" + name);
        return (
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject(), ModelFolder.Find(folder).OpenCheckpoint());
    }
}
