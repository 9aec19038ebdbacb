using Simile.Models.Architectures;

namespace Simile.Models.Text;

/// <summary>
/// Tells models of one vector for each token (ColBERT) from those that pool: the mean of their last layer is not what they were trained
/// for.
/// </summary>
internal static class TokenVectors
{
    // What published encoders call a projection behind the last layer. Decoders have theirs as a part of the network.
    private static readonly string[] Projections =
    [
        "linear.weight", "projection.weight", "proj.weight", "encode_proj.weight", "projector.weight",
    ];

    /// <exception cref="NotSupportedException">The model is a ColBERT, or looks like one.</exception>
    public static void ThrowIfMeant(ModelFolder folder, SentenceModules modules)
    {
        if (modules.KeepsTokens || folder.Exists("artifact.metadata"))
        {
            throw new NotSupportedException(
                $"{folder.Path} is a model of a vector for each token (ColBERT) and has none for a whole text: "
                + "load it with TokenEmbedder.");
        }

        if (!folder.Exists("modules.json") && Projection(folder) is { } name)
        {
            throw new NotSupportedException(
                $"{folder.Path} has a layer behind the last one, {name}, and no modules.json that says what it is for: "
                + "if it is a ColBERT, load it with TokenEmbedder; "
                + "else write a modules.json with the modules Pooling and Dense, as sentence-transformers does.");
        }
    }

    private static string? Projection(ModelFolder folder)
    {
        if (!folder.HasCheckpoint || !folder.Exists("config.json"))
        {
            return null;
        }

        using var json = folder.Json("config.json");
        if (!TextNetwork.IsEncoder(JsonFile.Text(json.RootElement, "model_type")))
        {
            return null;
        }

        using var checkpoint = folder.OpenCheckpoint();
        return Projections.FirstOrDefault(
            name => checkpoint.Tensors.ContainsKey(name) || checkpoint.Tensors.ContainsKey(checkpoint.Wrapper + name));
    }
}
