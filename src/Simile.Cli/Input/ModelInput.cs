using Simile.Models;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>The model that --model names.</summary>
internal static class ModelInput
{
    public static TextEmbedder Load(string model) => TextEmbedder.Load(Resolve(model));

    /// <summary>A model's tokenizer, without its network where it has files; or that of a tokenizer file.</summary>
    public static Tokenizer LoadTokenizer(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            using var embedder = TextEmbedder.Load(model);
            return embedder.Tokenizer;
        }

        return Tokenizer.Load(Resolve(model));
    }

    /// <summary>The folder of a model in the hub's cache; any other name as it is.</summary>
    public static string Resolve(string model) =>
        model == TextEmbedder.BuiltIn || Path.Exists(model) ? model : HubCache.Find(model) ?? model;
}
