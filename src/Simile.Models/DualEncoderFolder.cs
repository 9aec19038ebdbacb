using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Simile.Models;

/// <summary>The folder of a dual encoder, in the layout of transformers or sentence-transformers.</summary>
/// <param name="Files">Paths of config.json, the weights, the tokenizer and the preprocessor.</param>
/// <param name="Family">The model_type of config.json; null if it is missing.</param>
internal sealed record DualEncoderFolder(ModelFolder Files, string? Family)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static DualEncoderFolder Find(string model)
    {
        var folder = ModelFolder.Find(model);
        return Of(folder.Exists("modules.json") ? Module(folder) : folder);
    }

    /// <summary>The folder of any network.</summary>
    /// <exception cref="InvalidDataException">config.json is damaged.</exception>
    public static DualEncoderFolder Of(ModelFolder files)
    {
        if (!files.Exists("config.json"))
        {
            return new DualEncoderFolder(files, null);
        }

        using var config = files.Json("config.json");
        return new DualEncoderFolder(files, JsonFile.Text(config.RootElement, "model_type"));
    }

    /// <summary>Builds a tower.</summary>
    /// <param name="build">Receives the root of config.json and the checkpoint, which the network then owns.</param>
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

    /// <summary>The logit scales for texts and for the other kind, the offset, and the dimensions of the shared space.</summary>
    public (float Scale, float TextScale, float Bias, int Dimensions) Space()
    {
        using var config = Files.Json("config.json");
        using var checkpoint = Files.OpenCheckpoint();
        var (scale, bias) = DualEncoderNetwork.Logits(checkpoint);
        return (scale, DualEncoderNetwork.TextScale(checkpoint) ?? scale, bias, DualEncoderNetwork.Dimensions(config.RootElement));
    }

    // sentence-transformers stores CLIP as one module, often in its own folder.
    private static ModelFolder Module(ModelFolder folder)
    {
        using var json = folder.Json("modules.json");
        var first = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().FirstOrDefault() : default;
        return JsonFile.Text(first, "type")?.Split('.')[^1] == "CLIPModel"
            ? folder.Sub(JsonFile.Text(first, "path") ?? string.Empty)
            : folder;
    }
}
