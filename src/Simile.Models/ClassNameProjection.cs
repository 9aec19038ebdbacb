using Simile.Models.Projection;

namespace Simile.Models;

/// <summary>
/// Adds classifiers of pictures and sounds to a text model by a projection of their class names (ConSE, Norouzi et al. 2013). Text queries
/// then find pictures and recordings without any training. The built-in model uses it; it works with any classifier and any text model.
/// </summary>
public static class ClassNameProjection
{
    /// <summary>
    /// Adds a classifier. A classifier of the other kind is added to an existing folder; one of the same kind replaces the old one.
    /// </summary>
    /// <param name="folder">The folder. Created if it is missing. It refers to the networks and does not copy them.</param>
    /// <param name="options">The classifier and its settings.</param>
    /// <param name="progress">Optional callback with the number of embedded names and sentences.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    /// <exception cref="ArgumentException">
    /// The options are invalid, the classifier has no such layer, or the folder uses another text model.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">A model does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, the number of class names differs from the classifier's, or the folder holds another model.
    /// </exception>
    /// <exception cref="NotSupportedException">A network's family is not supported, or it is not a classifier.</exception>
    public static ClassNameProjectionResult Build(
        string folder, ClassNameProjectionOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var earlier = Earlier(folder, options);
        var text = Full(options.Text ?? earlier?.Text ?? TextEmbedder.BuiltIn);
        ProjectionFolder.RequireTexts(text);
        var files = ClassifierFiles.Find(Full(options.Classifier));
        var layer = ClassLayer.Of(files, options);
        var names = ClassNames.Read(options.Labels ?? files.Config ?? throw Nameless(files), CountClasses(files, layer, options));
        var templates = options.Templates.Count > 0 ? options.Templates : [LabelTemplate.Of(options.Kind)];
        using var texts = TextEmbedder.Load(text);
        var space = ClassNames.Place(names, templates, texts, progress, cancellationToken);
        var parts = new Dictionary<MediaKind, ProjectionPart>(earlier?.Parts ?? new Dictionary<MediaKind, ProjectionPart>())
        {
            [options.Kind] = new(files.Model, layer, templates),
        };
        var joined = new ProjectionFolder(Path.GetFullPath(folder), text, texts.Dimensions, parts);
        joined.Write(options.Kind, space);
        return new ClassNameProjectionResult(joined.Folder, [MediaKind.Text, .. parts.Keys.Order()], names.Length, texts.Dimensions);
    }

    /// <summary>The models that a joined folder refers to, text model first. Empty for other models.</summary>
    /// <exception cref="InvalidDataException">The folder's config.json is invalid.</exception>
    public static IReadOnlyList<string> PartsOf(string model) =>
        Directory.Exists(model) && ProjectionFolder.Find(ModelFolder.Find(model)) is { } joined ? [.. joined.Models] : [];

    private static ProjectionFolder? Earlier(string folder, ClassNameProjectionOptions options)
    {
        if (!File.Exists(Path.Combine(folder, "config.json")))
        {
            return null;
        }

        var earlier = ProjectionFolder.Find(ModelFolder.Find(folder))
            ?? throw new InvalidDataException($"{folder} holds another model: use another folder.");
        return options.Text is not null && Full(options.Text) != earlier.Text
            ? throw new ArgumentException(
                $"{folder} joins classifiers to {earlier.Text}, not to {options.Text}: use another folder, or that model.")
            : earlier;
    }

    private static int CountClasses(ClassifierFiles files, ClassLayer layer, ClassNameProjectionOptions options)
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
            throw new NotSupportedException(
                $"{files.Model} is not a classifier: it has no output {layer.Name} with class scores. "
                + "Use a checkpoint with its classifier, or set the layer.");
        }
    }

    // A name in the hub's cache stays a name.
    private static string Full(string model) => model != TextEmbedder.BuiltIn && Path.Exists(model) ? Path.GetFullPath(model) : model;

    private static FileNotFoundException Nameless(ClassifierFiles files) =>
        new(
            $"The class names of {files.Model} are unknown, because there is no config.json beside it: "
            + "give a file with one class name per line.");
}
