using Simile.Models.Architectures;
using Simile.Models.BuiltIn;
using Simile.Models.Projection;
using Simile.Models.Words;

namespace Simile.Models.Text;

internal abstract partial class TextEncoder
{
    /// <summary>Determines the kind of a model and opens it.</summary>
    public static TextEncoder Load(string model, TextEmbedderOptions options)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return options.Layer is null ? BuiltInModel.Load(options.BitEqual) : throw NoLayers(model, options);
        }

        if (WordFile.Is(model))
        {
            return options.Layer is null ? new WordTextEncoder(WordVectors.Load(model)) : throw NoLayers(model, options);
        }

        var folder = ModelFolder.Find(model);
        if (ProjectionFolder.Find(folder) is { } joined)
        {
            ProjectionFolder.RequireTexts(joined.Text);
            return Load(joined.Text, options);
        }

        if (folder.Kind != ModelKind.Transformer && options.Layer is not null)
        {
            throw NoLayers(model, options);
        }

        return folder.Kind switch
        {
            ModelKind.Static => StaticEncoder.Load(folder.Path),
            ModelKind.Lsa => LsaEncoder.Load(folder),
            ModelKind.Multilingual => UniversalSentenceEncoderFolder.Load(folder, options.BitEqual),
            _ when DualEncoderFolder.Find(model) is var joint && DualEncoderNetwork.Knows(joint.Family) =>
                TextTowerEncoder.Load(joint, options),
            _ => TransformerEncoder.Load(folder, options),
        };
    }

    private static NotSupportedException NoLayers(string model, TextEmbedderOptions options) =>
        new($"{model} is not a transformer, so it has no inner layer \"{options.Layer}\".");
}
