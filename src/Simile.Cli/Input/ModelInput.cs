using Simile.Models;

namespace Simile.Cli;

/// <summary>Loads the model of --model.</summary>
internal static class ModelInput
{
    public static TextEmbedder Load(string model, string? layer = null) => PictureResize.Split(model).Resize is not null
        ? throw new ArgumentException("--resize is for pictures: omit it for lines of text.")
        : TextEmbedder.Load(HubCache.Locate(model), new TextEmbedderOptions { Layer = layer });

    /// <summary>Loads any embedding model: for texts, pictures, sounds, or several in one space.</summary>
    public static MultimodalModel LoadAny(string model) => MultimodalModel.Load(HubCache.Locate(model));

    /// <summary>The model's name with the value of --resize, if any.</summary>
    public static string Resized(string model, PictureResize? resize) => resize?.NameOf(model) ?? model;
}
