using Simile.Models.Text;
using Simile.Numerics;

namespace Simile.Models.Projection;

/// <summary>The names of a classifier's classes, and their vectors.</summary>
internal static partial class ClassNames
{
    private const int MostSynonyms = 4;
    private const string NameColumn = "display_name";

    /// <summary>
    /// Reads class names: one class per line with synonyms separated by comma and blank; a CSV with a column display_name (AudioSet's); or
    /// JSON, such as a config.json.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="classes">The classifier's number of classes. One extra first name is dropped if it is "background".</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file has another number of names.</exception>
    public static string[] Read(string path, int classes)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file of class names {path}.", path);
        }

        var names = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ReadJson(path) : ReadLines(path);
        names = names.Length == classes + 1 && names[0].Trim() == "background" ? names[1..] : names;
        return names.Length == classes ? names
            : throw new InvalidDataException(
                $"{path} has {names.Length} class names, but the classifier has {classes} classes: "
                + "give one name per line, in the classifier's order.");
    }

    private static string[] ReadLines(string path)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Trim().Length > 0).ToArray();
        return lines is [var first, ..] && Array.IndexOf(first.Split(','), NameColumn) is >= 0 and var column
            ? [.. lines[1..].Select(line => Column(line, column))]
            : lines;
    }

    /// <summary>The vectors of classes: the mean over synonyms, each alone and in each template.</summary>
    public static ClassSpace Place(
        string[] names,
        IReadOnlyList<string> templates,
        TextEmbedder texts,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var sentences = names.Select(name => Sentences(name, templates)).ToArray();
        var vectors = texts.Embed([.. sentences.SelectMany(all => all)], null, progress, cancellationToken);
        var (means, bare, at) = (new VectorMatrix(names.Length, texts.Dimensions), new VectorMatrix(names.Length, texts.Dimensions), 0);
        for (var i = 0; i < names.Length; i++)
        {
            vectors[at].CopyTo(bare[i]);
            foreach (var _ in sentences[i])
            {
                VectorMath.Add(means[i], vectors[at++], means[i]);
            }

            VectorMath.Normalize(means[i], means[i]);
            VectorMath.Normalize(bare[i], bare[i]);
        }

        return new ClassSpace(means, ClassSpace.MeanCosine(bare));
    }

    private static string[] Sentences(string name, IReadOnlyList<string> templates)
    {
        var synonyms = name.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostSynonyms)
            .ToArray();
        return [.. synonyms, .. from synonym in synonyms from template in templates select LabelTemplate.Fill(template, synonym)];
    }

    // A quoted name may contain commas.
    private static string Column(string line, int column)
    {
        var parts = line.Split(',', column + 1);
        return parts.Length <= column ? string.Empty : parts[column].Trim().Trim('"');
    }
}
