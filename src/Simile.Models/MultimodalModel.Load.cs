using Simile.Models.BuiltIn;
using Simile.Models.Features;
using Simile.Models.Projection;
using Simile.Models.Words;

namespace Simile.Models;

/// <content>Loading.</content>
public abstract partial class MultimodalModel
{
    /// <summary>Loads any embedding model. Its files decide the kind.</summary>
    /// <param name="model">
    /// <see cref="TextEmbedder.BuiltIn"/>, a folder in the layout of the hub or the name of a model in the hub's cache: CLIP, SigLIP and
    /// CLAP, models of texts alone, of pictures alone and of sounds alone; what <see cref="ClassNameProjection"/> made; also a file that
    /// <see cref="ImageEmbedder.Load"/> or <see cref="SoundEmbedder.Load"/> takes, and a file of word vectors; <c>features/… </c>, the
    /// names of <see cref="FeatureModel"/>. Behind the name may stand how pictures are resized, as <see cref="PictureResize.NameOf"/>
    /// writes it.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static MultimodalModel Load(string model = TextEmbedder.BuiltIn)
    {
        var (name, resize) = PictureResize.Split(model);
        return name == TextEmbedder.BuiltIn ? BuiltInModel.LoadProjected(resize)
            : FeatureModel.Is(model) ? FeatureModel.Load(model)
            : WordFile.Is(name) && resize is null ? new TextModel(TextEmbedder.Load(name))
            : File.Exists(name) ? LoadFile(model)
            : ProjectionFolder.Find(ModelFolder.Find(name)) is { } joined ? joined.Open(model, resize)
            : ModelKinds.Of(name) switch
            {
                [MediaKind.Image] => new ImageModel(ImageEmbedder.Load(model)),
                [MediaKind.Text] when resize is null => new TextModel(TextEmbedder.Load(name)),
                [MediaKind.Sound] when resize is null => new SoundModel(SoundEmbedder.Load(name)),
                [MediaKind.Text] or [MediaKind.Sound] =>
                    throw new NotSupportedException($"The model {name} does not embed pictures, so its name must not contain a resize."),
                _ => ClipModel.Load(model),
            };
    }

    // The media kind of a single file is known only after it is opened.
    private static MultimodalModel LoadFile(string path)
    {
        try
        {
            return new ImageModel(ImageEmbedder.Load(path));
        }
        catch (NotSupportedException) when (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return new SoundModel(SoundEmbedder.Load(path));
        }
    }
}
