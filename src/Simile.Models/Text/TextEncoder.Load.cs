namespace Simile.Models.Text;

internal abstract partial class TextEncoder
{
    /// <summary>Finds out what kind of model a name means, and opens it.</summary>
    public static TextEncoder Load(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return Pending("The built-in model");
        }

        var folder = ModelFolder.Find(model);
        return folder.Kind switch
        {
            ModelKind.Static => StaticEncoder.Load(folder.Path),
            ModelKind.Multilingual => Pending("universal-sentence-encoder-multilingual"),
            _ => Pending("A transformer"),
        };
    }

    private static TextEncoder Pending(string what) => throw new NotSupportedException($"{what} cannot be loaded yet.");
}
