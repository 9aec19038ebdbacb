using System.Text.Json;
using Simile.Models.Architectures;

namespace Simile.Models.Projection;

/// <summary>
/// A folder that adds classifiers to a text model (docs/formats/joined-model.md): config.json names the networks, packed files hold the
/// class vectors.
/// </summary>
/// <param name="Folder">Its full path.</param>
/// <param name="Text">Path or name of the text model.</param>
/// <param name="Dimensions">Dimensions of its vectors.</param>
/// <param name="Parts">The classifiers by media kind.</param>
internal sealed partial record ProjectionFolder(
    string Folder, string Text, int Dimensions, IReadOnlyDictionary<MediaKind, ProjectionPart> Parts)
{
    private const string Family = "class-join";
    private const string ConfigName = "config.json";

    private static readonly (MediaKind Kind, string Name)[] Names = [(MediaKind.Image, "image"), (MediaKind.Sound, "sound")];

    /// <summary>The folder, if it is a joined model.</summary>
    /// <exception cref="InvalidDataException">It is a joined model, but its config.json is invalid.</exception>
    public static ProjectionFolder? Find(ModelFolder folder)
    {
        if (!folder.Exists(ConfigName))
        {
            return null;
        }

        using var json = folder.Json(ConfigName);
        return JsonFile.Text(json.RootElement, "model_type") == Family ? Read(folder, json.RootElement) : null;
    }

    /// <summary>The models that it refers to, text model first.</summary>
    public IEnumerable<string> Models => [Text, .. Parts.Values.Select(part => part.Classifier)];

    private static ProjectionFolder Read(ModelFolder folder, JsonElement root)
    {
        var config = new ConfigFile(root);
        var parts = new Dictionary<MediaKind, ProjectionPart>();
        foreach (var (kind, name) in Names)
        {
            if (config.Child(name) is { } part)
            {
                parts.Add(kind, new ProjectionPart(
                    Full(folder.Path, Named(part, "classifier")), new ClassLayer(Named(part, "layer"), Scores(part)), Templates(part)));
            }
        }

        return new ProjectionFolder(folder.Path, Full(folder.Path, Named(config, "text")), config.Size("dimensions"), parts);
    }

    private static string Named(ConfigFile config, string name) =>
        config.Text(name, string.Empty) is { Length: > 0 } value
            ? value
            : throw new InvalidDataException($"config.json of a joined model lacks \"{name}\": join it again.");

    private static ClassScores Scores(ConfigFile part) =>
        Enum.TryParse<ClassScores>(part.Text("scores", nameof(ClassScores.Softmax)), ignoreCase: true, out var scores)
        && Enum.IsDefined(scores)
        ? scores : throw new InvalidDataException("config.json: \"scores\" must be softmax, sigmoid or probabilities.");

    private static string[] Templates(ConfigFile part)
    {
        var templates = part.Texts("templates") ?? [];
        return templates.All(template => template.Contains(LabelTemplate.Place, StringComparison.Ordinal)) ? templates
            : throw new InvalidDataException($"config.json: each of \"templates\" must contain {LabelTemplate.Place} for the class name.");
    }

    // Paths are written so that they cannot be mistaken for names.
    private static string Full(string folder, string model) =>
        model.StartsWith('.') || Path.IsPathRooted(model) ? Path.GetFullPath(Path.Combine(folder, model)) : model;
}
