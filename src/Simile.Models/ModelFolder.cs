using System.Text.Json;
using Simile.Models.Words;

namespace Simile.Models;

/// <summary>A model in the layout of the hub: config.json, modules.json, weights and tokenizer in one folder.</summary>
internal sealed partial class ModelFolder
{
    private ModelFolder(string path)
    {
        Path = path;
        using var config = Exists("config.json") ? Json("config.json") : null;
        Kind = StaticFiles.Find(path) is null ? KindOf(config?.RootElement) : ModelKind.Static;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The kind of model, judged by its files.</summary>
    public ModelKind Kind { get; }

    /// <summary>Finds the folder of a model: the folder itself, or the newest snapshot of a name in the hub's cache.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither exists.</exception>
    /// <exception cref="InvalidDataException">A file of the folder is damaged.</exception>
    public static ModelFolder Find(string model)
    {
        if (string.IsNullOrWhiteSpace(model))
        {
            throw new ArgumentException(
                $"The model name is empty: give the path of a model folder, a name in the hub's cache, or {TextEmbedder.BuiltIn}.",
                nameof(model));
        }

        return new ModelFolder(Directory.Exists(model) ? System.IO.Path.GetFullPath(model) : HubCache.Find(model) ?? throw NotFound(model));
    }

    /// <summary>The path of a file of the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether the folder has a file.</summary>
    public bool Exists(string name) => System.IO.File.Exists(File(name));

    /// <summary>A JSON file of the folder. The caller disposes it.</summary>
    public JsonDocument Json(string name) => JsonFile.Parse(File(name));

    /// <summary>No such model: what it could have been, and the command that fetches it.</summary>
    public static DirectoryNotFoundException NotFound(string model) => new(
        System.IO.File.Exists(model)
            ? $"{model} is a file: give its folder, which holds config.json and the tokenizer."
            : $"The model \"{model}\" was not found: it is neither a folder, nor in the hub's cache at {HubCache.Root}, "
                + $"nor the built-in model {TextEmbedder.BuiltIn}. Give the path of a model folder{Fetch(model)}.");

    private static string Fetch(string model) =>
        HubCache.IsName(model) ? $", or fetch it with \"simile models pull {model}\"" : string.Empty;

    private static ModelKind KindOf(JsonElement? config) => (config is { } c ? JsonFile.Text(c, "model_type") : null) switch
    {
        "use-multilingual" => ModelKind.Multilingual,
        LsaEncoder.ModelType => ModelKind.Lsa,
        _ => ModelKind.Transformer,
    };
}
