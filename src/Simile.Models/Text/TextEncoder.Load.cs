using Simile.Models.Architectures;
using Simile.Models.BuiltIn;

namespace Simile.Models.Text;

internal abstract partial class TextEncoder
{
    /// <summary>Finds out what kind of model a name means, and opens it.</summary>
    public static TextEncoder Load(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return BuiltInModel.Load();
        }

        var folder = ModelFolder.Find(model);
        return folder.Kind switch
        {
            ModelKind.Static => StaticEncoder.Load(folder.Path),
            ModelKind.Multilingual => UniversalSentenceEncoderFolder.Load(folder),
            _ => TransformerEncoder.Load(folder),
        };
    }
}
