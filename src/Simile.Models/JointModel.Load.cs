using Simile.Models.BuiltIn;
using Simile.Models.Joint;

namespace Simile.Models;

/// <content>Loading.</content>
public abstract partial class JointModel
{
    /// <summary>Loads any model that makes vectors, of the kind that its files show.</summary>
    /// <param name="model">
    /// <see cref="TextEmbedder.BuiltIn"/>, a folder in the layout of the hub or the name of a model in the hub's cache: CLIP, SigLIP and CLAP, models of
    /// texts alone, of pictures alone and of sounds alone; what <see cref="ModelJoin"/> made; also a file that <see cref="ImageEmbedder.Load"/> or <see cref="SoundEmbedder.Load"/> takes.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not built.</exception>
    public static JointModel Load(string model = TextEmbedder.BuiltIn) =>
        model == TextEmbedder.BuiltIn ? BuiltInModel.LoadJoined()
        : File.Exists(model) ? LoadFile(model)
        : JoinedFolder.Find(ModelFolder.Find(model)) is { } joined ? joined.Open(model)
        : ModelKinds.Of(model) switch
        {
            [MediaKind.Text] => new TextModel(TextEmbedder.Load(model)),
            [MediaKind.Image] => new ImageModel(ImageEmbedder.Load(model)),
            [MediaKind.Sound] => new SoundModel(SoundEmbedder.Load(model)),
            _ => ClipModel.Load(model),
        };

    // What a single file takes is known when it is open.
    private static JointModel LoadFile(string path)
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
