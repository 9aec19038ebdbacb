using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Builds the graph of a text model from its config.json and its checkpoint.</summary>
/// <remarks>
/// Every graph takes <c>input_ids</c> and <c>attention_mask</c> (and <c>token_type_ids</c> where the family has them), int64 [batch, length].
/// </remarks>
internal static class TextNetwork
{
    /// <summary>Whether a family can be built.</summary>
    public static bool Knows(string? modelType) => modelType is "bert" or "distilbert";

    /// <summary>Builds a network, which owns the checkpoint from then on.</summary>
    /// <exception cref="NotSupportedException">The family is not built.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or one has another shape than config.json says.</exception>
    public static OnnxModel Build(JsonElement config, Checkpoint checkpoint, TextOutputs outputs, OnnxModelOptions? options = null)
    {
        var graph = new GraphBuilder();
        switch (JsonFile.Text(config, "model_type") ?? Guess(checkpoint))
        {
            case "bert":
                new Bert(graph, new ConfigFile(config), new Weights(checkpoint, "bert.")).Build(outputs);
                break;
            case "distilbert":
                new DistilBert(graph, new ConfigFile(config), new Weights(checkpoint, "distilbert.")).Build(outputs);
                break;
            case var other:
                throw new NotSupportedException($"Models of the family \"{other}\" are not built; those of bert and distilbert are.");
        }

        return graph.Build(options, checkpoint);
    }

    private static string Guess(Checkpoint checkpoint) =>
        checkpoint.Tensors.Keys.Any(name => name.Contains("encoder.layer.0.attention.self.query", StringComparison.Ordinal)) ? "bert"
        : checkpoint.Tensors.Keys.Any(name => name.Contains("transformer.layer.0.attention.q_lin", StringComparison.Ordinal)) ? "distilbert"
        : "unknown";
}
