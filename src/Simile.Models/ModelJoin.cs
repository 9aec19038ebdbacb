using Simile.Models.Joint;

namespace Simile.Models;

/// <summary>
/// Joins classifiers of pictures and sounds to a model of texts by the names of their classes (ConSE, Norouzi et al. 2013): words then find photos and
/// recordings, though nothing was trained for it. The join of the built-in model, for any classifier and any model of texts.
/// </summary>
public static class ModelJoin
{
    /// <summary>Joins a classifier. A second one, of the other kind, is added to what the first join made; one of the same kind takes its place.</summary>
    /// <param name="folder">Made where it is missing. It names the networks and does not hold them: they stay where they are.</param>
    /// <param name="options">What is joined.</param>
    /// <param name="progress">Told how many names and sentences have their vectors.</param>
    /// <param name="cancellationToken">Stops between batches of them.</param>
    /// <exception cref="ArgumentException">The options make no sense, the classifier has no such layer, or the folder joins to another model of texts.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, another number of classes is named than the classifier has, or the folder holds another model.</exception>
    /// <exception cref="NotSupportedException">A network is of a family that is not supported, or judges no classes.</exception>
    public static ModelJoinResult Build(string folder, ModelJoinOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var earlier = Earlier(folder, options);
        var text = Full(options.Text ?? earlier?.Text ?? TextEmbedder.BuiltIn);
        JoinedFolder.RequireTexts(text);
        var files = ClassifierFiles.Find(Full(options.Classifier));
        var layer = ClassLayer.Of(files, options);
        var names = ClassNames.Read(options.Labels ?? files.Config ?? throw Nameless(files), CountClasses(files, layer, options));
        var templates = options.Templates.Count > 0 ? options.Templates : [LabelTemplate.Of(options.Kind)];
        using var texts = TextEmbedder.Load(text);
        var space = ClassNames.Place(names, templates, texts, progress, cancellationToken);
        var parts = new Dictionary<MediaKind, JoinedPart>(earlier?.Parts ?? new Dictionary<MediaKind, JoinedPart>()) { [options.Kind] = new(files.Model, layer, templates) };
        var joined = new JoinedFolder(Path.GetFullPath(folder), text, texts.Dimensions, parts);
        joined.Write(options.Kind, space);
        return new ModelJoinResult(joined.Folder, [MediaKind.Text, .. parts.Keys.Order()], names.Length, texts.Dimensions);
    }

    /// <summary>The models that a joined folder names: of texts first; none of any other model.</summary>
    /// <exception cref="InvalidDataException">The folder's config.json makes no sense.</exception>
    public static IReadOnlyList<string> PartsOf(string model) =>
        Directory.Exists(model) && JoinedFolder.Find(ModelFolder.Find(model)) is { } joined ? [.. joined.Models] : [];

    private static JoinedFolder? Earlier(string folder, ModelJoinOptions options)
    {
        if (!File.Exists(Path.Combine(folder, "config.json")))
        {
            return null;
        }

        var earlier = JoinedFolder.Find(ModelFolder.Find(folder)) ?? throw new InvalidDataException($"{folder} holds another model: name another folder.");
        return options.Text is not null && Full(options.Text) != earlier.Text
            ? throw new ArgumentException($"{folder} joins classifiers to {earlier.Text}, not to {options.Text}: name another folder, or that model.")
            : earlier;
    }

    private static int CountClasses(ClassifierFiles files, ClassLayer layer, ModelJoinOptions options)
    {
        try
        {
            if (options.Kind == MediaKind.Image)
            {
                using var images = ImageEmbedder.Load(files.Model, new ImageEmbedderOptions { Layer = layer.Name });
                return images.Dimensions;
            }

            using var sounds = SoundEmbedder.Load(files.Model, new SoundEmbedderOptions { Layer = layer.Name });
            return sounds.Dimensions;
        }
        catch (ArgumentException) when (options.Layer is null)
        {
            throw new NotSupportedException($"{files.Model} is no classifier: it has no {layer.Name}, a number for each class. Take the checkpoint that has its classifier, or name the layer.");
        }
    }

    // A name in the hub's cache stays one.
    private static string Full(string model) => model != TextEmbedder.BuiltIn && Path.Exists(model) ? Path.GetFullPath(model) : model;

    private static FileNotFoundException Nameless(ClassifierFiles files) =>
        new($"What the classes of {files.Model} are called is not known, as no config.json lies with it: give a file with a name a line.");
}
