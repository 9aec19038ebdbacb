using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>The files of a folder's static model.</summary>
/// <param name="Table">The safetensors file with the table.</param>
/// <param name="Tokenizer">The tokenizer.json.</param>
/// <param name="IsModel2Vec">Whether to follow Model2Vec's conventions; otherwise sentence-transformers'.</param>
/// <param name="Normalize">Whether vectors are normalized.</param>
internal sealed record StaticFiles(string Table, string Tokenizer, bool IsModel2Vec, bool Normalize)
{
    /// <summary>Null if the folder holds no static model.</summary>
    public static StaticFiles? Find(string folder)
    {
        var config = Path.Combine(folder, "config.json");
        if (File.Exists(config))
        {
            using var json = JsonFile.Parse(config);
            if (JsonFile.Text(json.RootElement, "model_type") == "model2vec")
            {
                return new StaticFiles(
                    Path.Combine(folder, "model.safetensors"),
                    Path.Combine(folder, "tokenizer.json"),
                    true,
                    JsonFile.Flag(json.RootElement, "normalize") ?? false);
            }
        }

        return FindModules(folder);
    }

    /// <summary>The token that Model2Vec leaves out of the mean. Unigram models have none.</summary>
    public int? UnknownToken(Tokenizer tokenizer)
    {
        using var json = JsonFile.Parse(Tokenizer);
        return json.RootElement.TryGetProperty("model", out var model) && JsonFile.Text(model, "unk_token") is { } token
            ? tokenizer.TokenToId(token)
            : null;
    }

    /// <exception cref="InvalidDataException">The file has no table, or one of a wrong shape.</exception>
    public TokenTable ReadTable(Checkpoint checkpoint)
    {
        try
        {
            var rows = checkpoint.Find("embeddings") ?? checkpoint.Find("embedding.weight")
                ?? throw new InvalidDataException("it has no tensor \"embeddings\" or \"embedding.weight\".");
            return new TokenTable(rows, checkpoint.Find("mapping"), checkpoint.Find("weights"));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{Table}' is not a static model: {e.Message}", e);
        }
    }

    private static StaticFiles? FindModules(string folder)
    {
        var file = Path.Combine(folder, "modules.json");
        if (!File.Exists(file))
        {
            return FindBare(folder);
        }

        using var json = JsonFile.Parse(file);
        var modules = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().ToList() : [];
        var index = modules.FindIndex(module => IsOf(module, "StaticEmbedding"));
        if (index < 0)
        {
            return null;
        }

        var path = ModelFolder.Inside(folder, JsonFile.Text(modules[index], "path") ?? string.Empty);
        return new StaticFiles(
            Path.Combine(path, "model.safetensors"),
            Path.Combine(path, "tokenizer.json"),
            false,
            modules.Exists(module => IsOf(module, "Normalize")));
    }

    // Model2Vec writes folders for sentence-transformers with this file and without modules.json.
    private static StaticFiles? FindBare(string folder)
    {
        var config = Path.Combine(folder, "config_sentence_transformers.json");
        var table = Path.Combine(folder, "model.safetensors");
        if (!File.Exists(config) || !File.Exists(table) || File.Exists(Path.Combine(folder, "config.json")))
        {
            return null;
        }

        using var json = JsonFile.Parse(config);
        return new StaticFiles(table, Path.Combine(folder, "tokenizer.json"), true, JsonFile.Flag(json.RootElement, "normalize") ?? false);
    }

    private static bool IsOf(JsonElement module, string type) =>
        JsonFile.Text(module, "type") is { } name && name.EndsWith("." + type, StringComparison.Ordinal);
}
