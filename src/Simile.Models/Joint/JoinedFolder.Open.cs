using Simile.Models.BuiltIn;

namespace Simile.Models.Joint;

/// <content>Opening.</content>
internal sealed partial record JoinedFolder
{
    private const string Section = "classes";

    /// <summary>The model; each network is loaded when it is first asked for.</summary>
    /// <param name="name">The name it is loaded by.</param>
    /// <param name="resize">How pictures are resized; null for as the classifier's files say.</param>
    public JointModel Open(string name, PictureResize? resize = null) => new ClassJoin(
        name,
        Dimensions,
        OpenTexts,
        Parts.TryGetValue(MediaKind.Image, out var image) ? new(() => OpenImages(image, resize), image.Templates) : null,
        Parts.TryGetValue(MediaKind.Sound, out var sound) ? new(() => OpenSounds(sound), sound.Templates) : null);

    /// <summary>Refuses a joined model as the model of texts of another, which could name itself.</summary>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public static void RequireTexts(string model)
    {
        if (model != TextEmbedder.BuiltIn && Find(ModelFolder.Find(model)) is { } joined)
        {
            throw new InvalidDataException($"{model} is a joined model: name its model of texts, {joined.Text}.");
        }
    }

    private TextEmbedder OpenTexts()
    {
        RequireTexts(Text);
        return Fitting(() => TextEmbedder.Load(Text), embedder => embedder.Dimensions, Dimensions, Text);
    }

    private (ImageEmbedder Network, ClassSpace Space) OpenImages(JoinedPart part, PictureResize? resize)
    {
        var space = Space(MediaKind.Image, part);
        var options = new ImageEmbedderOptions { Layer = part.Layer.Name, Normalize = false, Resize = resize };
        return (Fitting(() => ImageEmbedder.Load(part.Classifier, options), embedder => embedder.Dimensions, space.Vectors.Count, part.Classifier), space);
    }

    private (SoundEmbedder Network, ClassSpace Space) OpenSounds(JoinedPart part)
    {
        var space = Space(MediaKind.Sound, part);
        var options = new SoundEmbedderOptions { Layer = part.Layer.Name, Normalize = false };
        return (Fitting(() => SoundEmbedder.Load(part.Classifier, options), embedder => embedder.Dimensions, space.Vectors.Count, part.Classifier), space);
    }

    private ClassSpace Space(MediaKind kind, JoinedPart part)
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
            throw new InvalidDataException($"{model} is not what was joined in {Folder} ({e.Message.TrimEnd('.')}): put the file back that was joined, or join it again.", e);
        }
    }

    private InvalidDataException Changed(string model) => new($"{model} is not what was joined in {Folder}, its sizes are others: join it again.");

    private static string ClassFile(string folder, MediaKind kind) => Path.Combine(folder, $"{Array.Find(Names, entry => entry.Kind == kind).Name}-classes.simd");
}
