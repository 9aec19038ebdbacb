using Simile.Models;

namespace Simile.Cli;

/// <summary>The model that --model names.</summary>
internal static class ModelInput
{
    public static TextEmbedder Load(string model) => TextEmbedder.Load(Resolve(model));

    /// <summary>The folder of a model in the hub's cache; any other name as it is.</summary>
    public static string Resolve(string model) =>
        model == TextEmbedder.BuiltIn || Path.Exists(model) ? model : HubCache.Find(model) ?? model;
}
