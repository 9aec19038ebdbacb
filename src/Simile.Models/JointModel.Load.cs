using Simile.Models.Architectures;

namespace Simile.Models;

/// <content>Loading.</content>
public abstract partial class JointModel
{
    /// <summary>Loads a model of the kind that its files show.</summary>
    /// <param name="model">A folder in the layout of the hub, or the name of a model in the hub's cache: CLIP, SigLIP, CLAP.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">It is no model of several kinds, or of a family that is not built.</exception>
    public static JointModel Load(string model = TextEmbedder.BuiltIn) => model == TextEmbedder.BuiltIn
        ? throw new NotSupportedException("The built-in model has vectors of texts alone: take another model.")
        : ClipModel.Load(model);

    /// <summary>Whether a name is that of a model that <see cref="Load"/> takes. Looks at config.json alone.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static bool Is(string model) => model != TextEmbedder.BuiltIn && JointNetwork.Knows(JointFolder.Find(model).Family);
}
