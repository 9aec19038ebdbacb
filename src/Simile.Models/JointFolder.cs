using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Simile.Models;

/// <summary>The folder of a model of two towers, as transformers or sentence-transformers lay it out.</summary>
/// <param name="Files">Where config.json, the weights, the tokenizer and the preprocessor are.</param>
/// <param name="Family">The model_type of config.json; null where it says none.</param>
internal sealed record JointFolder(ModelFolder Files, string? Family)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    public static JointFolder Find(string model)
    {
        var folder = ModelFolder.Find(model);
        return Of(folder.Exists("modules.json") ? Module(folder) : folder);
    }

    /// <summary>The folder of a network, whatever its family.</summary>
    /// <exception cref="InvalidDataException">Its config.json is damaged.</exception>
    public static JointFolder Of(ModelFolder files)
    {
        if (!files.Exists("config.json"))
        {
            return new JointFolder(files, null);
        }

        using var config = files.Json("config.json");
        return new JointFolder(files, JsonFile.Text(config.RootElement, "model_type"));
    }

    /// <summary>Builds a tower.</summary>
    /// <param name="build">Takes the root of config.json and the checkpoint, which the network owns from then on.</param>
    public T Build<T>(Func<JsonElement, Checkpoint, T> build)
    {
        using var config = Files.Json("config.json");
        var checkpoint = Files.OpenCheckpoint();
        try
        {
            return build(config.RootElement, checkpoint);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>What a cosine is multiplied by where texts are judged, where the others are, what is added, and the components of the shared space.</summary>
    public (float Scale, float TextScale, float Bias, int Dimensions) Space()
    {
        using var config = Files.Json("config.json");
        using var checkpoint = Files.OpenCheckpoint();
        var (scale, bias) = JointNetwork.Logits(checkpoint);
        return (scale, JointNetwork.TextScale(checkpoint) ?? scale, bias, JointNetwork.Dimensions(config.RootElement));
    }

    // sentence-transformers keeps CLIP in one module, often in a folder of its own.
    private static ModelFolder Module(ModelFolder folder)
    {
        using var json = folder.Json("modules.json");
        var first = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().FirstOrDefault() : default;
        return JsonFile.Text(first, "type")?.Split('.')[^1] == "CLIPModel" ? folder.Sub(JsonFile.Text(first, "path") ?? string.Empty) : folder;
    }
}
