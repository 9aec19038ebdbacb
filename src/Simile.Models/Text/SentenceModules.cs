using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Numerics;

namespace Simile.Models.Text;

/// <summary>The sentence-transformers settings of a folder: network, pooling, further modules, prompts.</summary>
/// <remarks>Both layouts are supported: that of release 6 and the earlier one. A folder without modules.json uses mean pooling.</remarks>
internal sealed record SentenceModules
{
    // Before release 1, sentence-transformers named this file after the family.
    private static readonly string[] SettingsFiles =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json", "sentence_camembert_config.json",
        "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ];

    /// <summary>The folder of the network.</summary>
    public required ModelFolder Transformer { get; init; }

    /// <summary>The pooling of token vectors.</summary>
    public Pooling Pooling { get; init; } = Pooling.Default;

    /// <summary>How sparse vectors over the vocabulary are computed (SPLADE); null for pooled token vectors.</summary>
    public SpladeKind? Splade { get; init; }

    /// <summary>Whether the vectors of tokens are not pooled at all: a model for <see cref="TokenEmbedder"/>.</summary>
    public bool KeepsTokens { get; init; }

    /// <summary>The steps after pooling, in order.</summary>
    public IReadOnlyList<VectorStep> Steps { get; init; } = [];

    /// <summary>Maximum input length in tokens, or null if no file gives it.</summary>
    public int? MaxSequenceLength { get; init; }

    /// <summary>Whether texts are lowercased before tokenization.</summary>
    public bool LowerCase { get; init; }

    /// <summary>Number of components to keep; null for all.</summary>
    public int? Truncate { get; init; }

    /// <summary>The prompts.</summary>
    public Prompts Prompts { get; init; } = Prompts.None;

    /// <summary>The intended similarity function.</summary>
    public Metric Similarity { get; init; } = Metric.Cosine;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">A module has an unsupported type.</exception>
    public static SentenceModules Read(ModelFolder folder)
    {
        var modules = folder.Exists("modules.json") ? ReadModules(folder) : new SentenceModules { Transformer = folder };
        var settings = SettingsFiles.FirstOrDefault(modules.Transformer.Exists);
        modules = modules with
        {
            MaxSequenceLength = Length(modules.Transformer, settings, "max_seq_length")
                ?? Length(modules.Transformer, "tokenizer_config.json", "model_max_length"),
            LowerCase = LowerCases(modules.Transformer, settings),
        };
        return folder.Exists("config_sentence_transformers.json") ? ReadSettings(folder, modules) : modules;
    }

    private static SentenceModules ReadModules(ModelFolder folder)
    {
        using var json = folder.Json("modules.json");
        if (json.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException($"{folder.File("modules.json")} must hold a list of modules.");
        }

        var modules = new SentenceModules { Transformer = folder };
        var steps = new List<VectorStep>();
        foreach (var module in json.RootElement.EnumerateArray())
        {
            var place = folder.Sub(JsonFile.Text(module, "path") ?? string.Empty);
            var type = JsonFile.Text(module, "type");
            modules = modules with { KeepsTokens = modules.KeepsTokens || type?.StartsWith("pylate.", StringComparison.Ordinal) == true };
            switch (type?.Split('.')[^1])
            {
                case "Transformer" or "MLMTransformer" or "BERT" or "RoBERTa"
                    or "DistilBERT" or "ALBERT" or "XLMRoBERTa" or "CamemBERT" or "T5":
                    modules = modules with { Transformer = place };
                    break;
                case "Pooling":
                    modules = modules with { Pooling = ReadPooling(place) };
                    break;
                case "SpladePooling":
                    modules = ReadSplade(place, modules);
                    break;
                case "Dense":
                    steps.Add(DenseStep.Load(place));
                    break;
                case "LayerNorm":
                    using (var checkpoint = place.OpenCheckpoint())
                    {
                        steps.Add(new LayerNormStep(
                            checkpoint["norm.weight"].ToFloats().ToArray(), checkpoint["norm.bias"].ToFloats().ToArray()));
                    }

                    break;
                case "Normalize":
                    steps.Add(new NormalizeStep());
                    break;
                case "Dropout":
                    break; // does nothing outside training
                case var other:
                    throw new NotSupportedException(
                        $"{folder.File("modules.json")} names a module of the type {other}, which is not supported.");
            }
        }

        return modules with { Steps = steps };
    }

    private static SentenceModules ReadSplade(ModelFolder folder, SentenceModules modules)
    {
        using var json = folder.Json("config.json");
        var (strategy, activation) =
            (JsonFile.Text(json.RootElement, "pooling_strategy"), JsonFile.Text(json.RootElement, "activation_function"));
        return modules with
        {
            Splade = SpladeKind.Of(strategy, activation) ?? throw new NotSupportedException(
                $"{folder.File("config.json")} asks for the SPLADE pooling \"{strategy ?? "max"}\" of \"{activation ?? "relu"}\", "
                + "which is not supported: use max or sum of relu or log1p_relu."),
        };
    }

    private static Pooling ReadPooling(ModelFolder folder)
    {
        using var json = folder.Json("config.json");
        var config = json.RootElement;
        (string Flag, string Name, PoolingMode Mode)[] all =
        [
            ("pooling_mode_cls_token", "cls", PoolingMode.Cls),
            ("pooling_mode_max_tokens", "max", PoolingMode.Max),
            ("pooling_mode_mean_tokens", "mean", PoolingMode.Mean),
            ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", PoolingMode.MeanSqrtLength),
            ("pooling_mode_weightedmean_tokens", "weightedmean", PoolingMode.WeightedMean),
            ("pooling_mode_lasttoken", "lasttoken", PoolingMode.LastToken),
        ];
        var names = JsonFile.Optional(config, "pooling_mode") switch
        {
            { ValueKind: JsonValueKind.String } one => one.GetString()!.Split('+'),
            { ValueKind: JsonValueKind.Array } several =>
                [.. several.EnumerateArray().Select(n => JsonFile.String(n, "pooling_mode", folder.File("config.json")))],
            _ => null,
        };
        var modes = names is null
            ? all.Where(m => JsonFile.Flag(config, m.Flag) == true).Select(m => m.Mode).ToArray()
            : Array.ConvertAll(names, n => all.FirstOrDefault(m => m.Name == n) is { Name: not null } known ? known.Mode
                : throw new InvalidDataException($"{folder.File("config.json")} asks for the pooling \"{n}\", which is unknown."));
        return new Pooling(modes.Length > 0 ? modes : [PoolingMode.Mean], JsonFile.Flag(config, "include_prompt") ?? true);
    }

    private static int? Length(ModelFolder folder, string? file, string name)
    {
        if (file is null || !folder.Exists(file))
        {
            return null;
        }

        using var json = folder.Json(file);
        return JsonFile.Integer(json.RootElement, name) is > 0 and var length ? length : null;
    }

    private static bool LowerCases(ModelFolder folder, string? file)
    {
        if (file is null)
        {
            return false;
        }

        using var json = folder.Json(file);
        return JsonFile.Flag(json.RootElement, "do_lower_case") == true;
    }

    private static SentenceModules ReadSettings(ModelFolder folder, SentenceModules modules)
    {
        using var json = folder.Json("config_sentence_transformers.json");
        var path = folder.File("config_sentence_transformers.json");
        var prompts = JsonFile.Optional(json.RootElement, "prompts") is { ValueKind: JsonValueKind.Object } found
            ? found.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(p => p.Name, p => JsonFile.String(p.Value, p.Name, path))
            : [];
        return modules with
        {
            Prompts = new Prompts(prompts, JsonFile.Text(json.RootElement, "default_prompt_name")),
            Truncate = JsonFile.Integer(json.RootElement, "truncate_dim"),
            Similarity = JsonFile.Text(json.RootElement, "similarity_fn_name") switch
            {
                "dot" => Metric.Dot,
                "euclidean" => Metric.L2,
                "manhattan" => Metric.Manhattan,
                "cosine" => Metric.Cosine,
                null => modules.Splade is not null ? Metric.Dot : Metric.Cosine,
                var other =>
                    throw new NotSupportedException(
                        $"{path} asks for the similarity \"{other}\", which is not supported: use cosine, dot, euclidean or manhattan."),
            },
        };
    }
}
