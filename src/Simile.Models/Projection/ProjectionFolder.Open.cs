using Simile.Models.BuiltIn;

namespace Simile.Models.Projection;

/// <content>Opening.</content>
internal sealed partial record ProjectionFolder
{
    private const string Section = "classes";

    /// <summary>Opens the model. Each network is loaded on first use.</summary>
    /// <param name="name">The name that it is loaded by.</param>
    /// <param name="resize">How pictures are resized; null: as in the classifier's files.</param>
    public MultimodalModel Open(string name, PictureResize? resize = null) => new ProjectedModel(
        name,
        Dimensions,
        OpenTexts,
        Parts.TryGetValue(MediaKind.Image, out var image) ? new(() => OpenImages(image, resize), image.Templates) : null,
        Parts.TryGetValue(MediaKind.Sound, out var sound) ? new(() => OpenSounds(sound), sound.Templates) : null);

    /// <summary>Refuses a joined model as the text model of another one; it could refer to itself.</summary>
    /// <exception cref="InvalidDataException">The model is a joined model.</exception>
    public static void RequireTexts(string model)
    {
        if (model != TextEmbedder.BuiltIn && Find(ModelFolder.Find(model)) is { } joined)
        {
            throw new InvalidDataException($"{model} is a joined model: use its text model, {joined.Text}.");
        }
    }

    private TextEmbedder OpenTexts()
    {
        RequireTexts(Text);
        return Fitting(() => TextEmbedder.Load(Text), embedder => embedder.Dimensions, Dimensions, Text);
    }

    private (ImageEmbedder Network, ClassSpace Space) OpenImages(ProjectionPart part, PictureResize? resize)
    {
        var space = Space(MediaKind.Image, part);
        var options = new ImageEmbedderOptions { Layer = part.Layer.Name, Normalize = false, Resize = resize };
        return (
            Fitting(
                () => ImageEmbedder.Load(part.Classifier, options), embedder => embedder.Dimensions, space.Vectors.Count, part.Classifier),
            space);
    }

    private (SoundEmbedder Network, ClassSpace Space) OpenSounds(ProjectionPart part)
    {
        var space = Space(MediaKind.Sound, part);
        var options = new SoundEmbedderOptions { Layer = part.Layer.Name, Normalize = false };
        return (
            Fitting(
                () => SoundEmbedder.Load(part.Classifier, options), embedder => embedder.Dimensions, space.Vectors.Count, part.Classifier),
            space);
    }

    private ClassSpace Space(MediaKind kind, ProjectionPart part)
    {
        using var file = PackedFile.Open(ClassFile(Folder, kind));
        var space = ClassSpaceSection.Read(file, Section);
        return space.Vectors.Dimensions == Dimensions ? space with { Scores = part.Layer.Scores } : throw Changed(part.Classifier);
    }

    private T Fitting<T>(Func<T> load, Func<T, int> size, int expected, string model)
        where T : IDisposable
    {
        var network = Loaded(load, model);
        if (size(network) == expected)
        {
            return network;
        }

        network.Dispose();
        throw Changed(model);
    }

    private T Loaded<T>(Func<T> load, string model)
    {
        try
        {
            return load();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{model} has changed since {Folder} was made ({e.Message.TrimEnd('.')}): restore the file, or join it again.", e);
        }
    }

    private InvalidDataException Changed(string model) =>
        new($"{model} has changed since {Folder} was made: its sizes differ. Join it again.");

    private static string ClassFile(string folder, MediaKind kind) =>
        Path.Combine(folder, $"{Array.Find(Names, entry => entry.Kind == kind).Name}-classes.simd");
}
