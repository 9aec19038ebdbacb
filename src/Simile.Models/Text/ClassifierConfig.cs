using System.Globalization;
using System.Text.Json;

namespace Simile.Models.Text;

/// <summary>The labels and the activation of a classification head, from config.json.</summary>
/// <param name="Labels">One for each output.</param>
/// <param name="Scores">The activation.</param>
internal sealed record ClassifierConfig(IReadOnlyList<string> Labels, ClassScores Scores)
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or its labels do not match the outputs.</exception>
    public static ClassifierConfig Read(ModelFolder folder, int outputs)
    {
        using var config = folder.Exists("config.json") ? folder.Json("config.json") : null;
        var root = config?.RootElement ?? default;
        return new ClassifierConfig(ReadLabels(root, outputs, folder.File("config.json")), ReadScores(root, outputs));
    }

    /// <summary>Whether config.json of a folder names a class that ends in ForSequenceClassification.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static bool NamesClassifier(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        using var config = File.Exists(path) ? JsonFile.Parse(path) : null;
        return config is not null && JsonFile.Optional(config.RootElement, "architectures") is { ValueKind: JsonValueKind.Array } classes
            && classes.EnumerateArray()
                .Any(name => name.ValueKind == JsonValueKind.String
                    && name.GetString()!.EndsWith("ForSequenceClassification", StringComparison.Ordinal));
    }

    // transformers names the outputs of a model without labels LABEL_0, LABEL_1 ….
    private static string[] ReadLabels(JsonElement config, int outputs, string path)
    {
        var labels = Enumerable.Range(0, outputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"LABEL_{i}")).ToArray();
        if (JsonFile.Optional(config, "id2label") is not { ValueKind: JsonValueKind.Object } named)
        {
            return labels;
        }

        foreach (var entry in named.EnumerateObject())
        {
            labels[int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < outputs
                ? id
                : throw new InvalidDataException(
                    $"{path}: id2label has the id \"{Quoted.Of(entry.Name)}\", "
                    + $"and the network has {outputs} outputs.")] = Quoted.Of(JsonFile.String(entry.Value, "id2label", path));
        }

        return labels;
    }

    // As transformers' TextClassificationPipeline.
    private static ClassScores ReadScores(JsonElement config, int outputs) => (JsonFile.Text(config, "problem_type"), outputs) switch
    {
        ("regression", _) => ClassScores.Probabilities,
        ("multi_label_classification", _) or (_, 1) => ClassScores.Sigmoid,
        _ => ClassScores.Softmax,
    };
}
