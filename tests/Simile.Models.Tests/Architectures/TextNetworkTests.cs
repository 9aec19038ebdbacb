using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

public class TextNetworkTests
{
    private static readonly string[] Numbers =
    [
        "-1", "0", "3", "7", "16777216", "2147483648", "1e300", "-1e-9", "\"text\"", "null", "[]", "{}",
    ];

    public static TheoryData<string> Cases() =>
    [
        "albert", "bert_pooler", "bert_rerank", "bert_splade", "deberta_v2", "distilbert",
        "electra", "gemma3_bidirectional", "llama_rope_scaling", "modernbert",
        "modernbert_rerank", "mpnet", "nomic_bert", "qwen3_right", "roberta", "t5_encoder_relu", "t5v11_gated", "xlmr_rerank",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_number_of_the_config_that_makes_no_network_is_refused_with_a_sentence(string name)
    {
        var (config, folder) = Read(name);
        foreach (var (key, value) in config.ToArray())
        {
            foreach (var other in value?.GetValueKind() is JsonValueKind.Number or JsonValueKind.Array or JsonValueKind.Object or null
                ? Numbers
                : ["\"no such thing\"", "5"])
            {
                var changed = JsonNode.Parse(config.ToJsonString())!.AsObject();
                changed[key] = JsonNode.Parse(other);
                TryBuild(changed, folder, $"{key} = {other}");
            }

            var without = JsonNode.Parse(config.ToJsonString())!.AsObject();
            without.Remove(key);
            TryBuild(without, folder, $"without {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_tensor_that_is_missing_or_has_another_shape_is_named(string name)
    {
        var (config, folder) = Read(name);
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        var used = 0;
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            var missing = checkpoint.Tensors.Where(t => t.Key != tensor.Name).ToDictionary();
            if (Error(config, new Checkpoint(missing)) is { } error)
            {
                used++;

                // A checkpoint without a head is one of the bare network: the output is what is missing.
                var isHead = tensor.Name.StartsWith("classifier", StringComparison.Ordinal) && error is ArgumentException;
                Assert.True(isHead || error is InvalidDataException or NotSupportedException, $"Without {tensor.Name}: {error}");
                var other = new Tensor(tensor.Name, DType.F32, [2, 3, 5], new byte[120]);
                Assert.Contains(tensor.Name, Assert.IsType<InvalidDataException>(Error(
                    config, new Checkpoint(missing.Append(new(tensor.Name, other)).ToDictionary()))).Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(used, 10, int.MaxValue);
    }

    [Fact]
    public void A_family_that_is_not_built_is_named_with_those_that_are()
    {
        using var config = JsonDocument.Parse("""{ "model_type": "abacus" }""");
        var error = Assert.Throws<NotSupportedException>(
            () => TextNetwork.Build(config.RootElement, new Checkpoint(new Dictionary<string, Tensor>()), ["last_hidden_state"]));
        Assert.Contains("\"abacus\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("bert, camembert, deberta-v2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_a_network_does_not_have_is_named_with_those_it_has()
    {
        var (config, folder) = Read("roberta");
        var error = Assert.IsType<ArgumentException>(Error(config, ModelFolder.Find(folder).OpenCheckpoint(), "hidden_states.7"));
        Assert.Contains("hidden_states.0, hidden_states.1, last_hidden_state, hidden_states.2", error.Message, StringComparison.Ordinal);
    }

    private static (JsonObject Config, string Folder) Read(string name)
    {
        var folder = Assets.Require(Path.Combine("golden/architectures", name));
        return (JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject(), folder);
    }

    private static void TryBuild(JsonObject config, string folder, string change)
    {
        var error = Error(config, ModelFolder.Find(folder).OpenCheckpoint());
        Assert.True(error is null or InvalidDataException or NotSupportedException, $"{change}: {error}");
        Assert.True(
            error is null || (error.Message.EndsWith('.') && !error.Message.Contains('\n', StringComparison.Ordinal)),
            $"{change}: {error?.Message}");
    }

    // What a head has is not known before: each of these that the checkpoint has.
    private static Exception? Error(JsonObject config, Checkpoint checkpoint, string? output = null)
    {
        output ??= checkpoint.Tensors.Keys.Any(name => name.StartsWith("classifier", StringComparison.Ordinal)) ? "logits"
            : checkpoint.Tensors.Keys.Any(name => name.StartsWith("cls.", StringComparison.Ordinal)) ? "splade"
            : checkpoint.Tensors.Keys.Any(name => name.StartsWith("pooler", StringComparison.Ordinal)) ? "pooler_output"
            : "last_hidden_state";
        using var parsed = JsonDocument.Parse(config.ToJsonString());
        try
        {
            using var model = TextNetwork.Build(parsed.RootElement, checkpoint, [output]);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
    }
}
