using Simile.Models;

namespace Simile.Cli;

/// <summary>The model that --model names.</summary>
internal static class ModelInput
{
    public static TextEmbedder Load(string model, string? layer = null) => PictureResize.Split(model).Resize is not null
        ? throw new ArgumentException("--resize is for pictures; leave it away with lines of text.")
        : TextEmbedder.Load(HubCache.Locate(model), new TextEmbedderOptions { Layer = layer });

    /// <summary>Loads whatever makes vectors: of texts, of pictures, of sounds, or of several in one space.</summary>
    public static JointModel LoadAny(string model) => JointModel.Load(HubCache.Locate(model));

    /// <summary>A model's name with the resize of --resize, if any.</summary>
    public static string Resized(string model, PictureResize? resize) => resize?.NameOf(model) ?? model;
}
