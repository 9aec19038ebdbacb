using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Builds the graph of a text model from its config.json and its checkpoint.</summary>
internal static class TextNetwork
{
    /// <param name="Build">Writes the network.</param>
    /// <param name="Prefixes">Possible prefixes of its tensor names.</param>
    private sealed record Family(Action<TextGraph> Build, params string[] Prefixes)
    {
        /// <summary>Number of rows of the position table that no token uses.</summary>
        public Func<ConfigFile, int> UnusedPositions { get; init; } = _ => 0;
    }

    private static readonly SortedDictionary<string, Family> Families = new(StringComparer.Ordinal)
    {
        ["albert"] = new(Albert.Build, "albert."),
        ["bart"] = new(Bart.Build, "model."),
        ["bert"] = new(Bert.Build, "bert."),
        ["camembert"] = new(Roberta.Build, "roberta.") { UnusedPositions = Roberta.UnusedPositions },
        ["deberta-v2"] = new(DebertaV2.Build, "deberta."),
        ["distilbert"] = new(DistilBert.Build, "distilbert."),
        ["electra"] = new(Electra.Build, "electra."),
        ["gemma3_text"] = new(Gemma3.Build, "model.", "language_model.model.", "model.language_model."),
        ["llama"] = new(Llama.Build, "model."),
        ["marian"] = new(Bart.BuildMarian, "model."),
        ["mistral"] = new(Llama.BuildMistral, "model."),
        ["modernbert"] = new(ModernBert.Build, "model."),
        ["mpnet"] = new(MpNet.Build, "mpnet.") { UnusedPositions = MpNet.UnusedPositions },
        ["mt5"] = new(T5.Build),
        ["nomic_bert"] = new(NomicBert.Build, "bert."),
        ["qwen2"] = new(Qwen2.Build, "model."),
        ["qwen3"] = new(Qwen3.Build, "model."),
        ["roberta"] = new(Roberta.Build, "roberta.") { UnusedPositions = Roberta.UnusedPositions },
        ["t5"] = new(T5.Build),
        ["xlm-roberta"] = new(Roberta.Build, "roberta.") { UnusedPositions = Roberta.UnusedPositions },
    };

    /// <summary>The supported families, as config.json's model_type names them.</summary>
    public static IReadOnlyCollection<string> Known => Families.Keys;

    /// <summary>Whether a family is supported.</summary>
    public static bool Knows(string? modelType) => modelType is not null && Families.ContainsKey(modelType);

    /// <summary>Whether a family has no projection of its own behind the last layer, as some decoders have.</summary>
    public static bool IsEncoder(string? modelType) =>
        Knows(modelType) && modelType is not ("gemma3_text" or "llama" or "mistral" or "qwen2" or "qwen3");

    /// <summary>Builds a network and takes ownership of the checkpoint.</summary>
    /// <param name="config">The root of config.json.</param>
    /// <param name="checkpoint">Its tensors.</param>
    /// <param name="outputs">The requested values, by the names of <see cref="NetworkOutputs"/>.</param>
    /// <param name="options">Runtime options.</param>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or a shape differs from config.json.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel Build(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var name = JsonFile.Text(config, "model_type") ?? Guess(checkpoint);
        if (name is null || !Families.TryGetValue(name, out var family))
        {
            throw new NotSupportedException(name is null
                ? $"The network is unknown: neither config.json nor the names of its tensors ({checkpoint.Named()}) identify it."
                : $"Text models of the family \"{name}\" are not supported. Supported: {string.Join(", ", Known)}.");
        }

        var graph = new GraphBuilder();
        var text = new TextGraph(
            graph, new ConfigFile(config), new Weights(checkpoint, family.Prefixes), new NetworkOutputs(graph, outputs));
        return NetworkGraph.Assemble(text, family.Build, NetworkGraph.CannotRun(name), checkpoint, options);
    }

    /// <summary>The maximum number of tokens that have positions; null if config.json does not say.</summary>
    public static int? MaxTokens(JsonElement config)
    {
        var file = new ConfigFile(config);
        var unused = JsonFile.Text(config, "model_type") is { } name && Families.TryGetValue(name, out var family)
            ? family.UnusedPositions(file)
            : 0;
        return file.OptionalSize("max_position_embeddings", "n_positions") is { } positions ? Math.Max(1, positions - unused) : null;
    }

    // For families with their own prefix or other layer names.
    private static string? Guess(Checkpoint checkpoint)
    {
        bool Has(string start) =>
            checkpoint.Tensors.Keys.Any(name =>
                name.StartsWith(start, StringComparison.Ordinal) || name.StartsWith(checkpoint.Wrapper + start, StringComparison.Ordinal));
        return Families.FirstOrDefault(f => f.Value.Prefixes.Any(p => p.Length > 0 && p != "model." && Has(p))).Key
            ?? (Has("encoder.layer.0.attention.self.query") ? "bert" : Has("transformer.layer.0.attention.q_lin") ? "distilbert" : null);
    }
}
