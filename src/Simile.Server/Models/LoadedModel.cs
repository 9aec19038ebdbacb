using Simile.Tokenizers;

namespace Simile.Server.Models;

/// <summary>A model in memory with its queue. Disposal waits for its running batch.</summary>
internal abstract class LoadedModel : IAsyncDisposable
{
    /// <summary>What the model is, in the words of errors: "an embedding model".</summary>
    public abstract string Role { get; }

    /// <summary>Maximum input length in tokens; null if there is no limit.</summary>
    public abstract int? MaxTokens { get; }

    /// <summary>The tokenizer; null for a model without texts.</summary>
    public abstract Tokenizer? Tokenizer { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Loads a model of any kind. Its files decide the kind.</summary>
    public static LoadedModel Load(string name, string id, SimileServerOptions options)
    {
        var located = HubCache.Locate(name);
        if (TextClassifier.IsClassifier(located))
        {
            var classifier = TextClassifier.Load(located);
            if (classifier.Labels.Count > 1)
            {
                return new ClassifierModel(classifier, id, options);
            }

            classifier.Dispose();
            return new CrossEncoderModel(CrossEncoder.Load(located), Tokenizer.Load(ModelDescription.Load(located).Folder!), id, options);
        }

        try
        {
            return new EmbeddingModel(MultimodalModel.Load(located), id, options);
        }
        catch (NotSupportedException) when (LateInteraction(located, id, options) is { } model)
        {
            return model;
        }
    }

    // ColBERT has no vector for a whole text, so it is refused as an embedder.
    private static LateInteractionModel? LateInteraction(string name, string id, SimileServerOptions options)
    {
        try
        {
            return new LateInteractionModel(TokenEmbedder.Load(name), id, options);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or FileNotFoundException)
        {
            return null;
        }
    }
}
