using Simile.Models;

namespace Simile.Cli;

/// <summary>The model that --model names.</summary>
internal static class ModelInput
{
    public static TextEmbedder Load(string model) => TextEmbedder.Load(model);
}
