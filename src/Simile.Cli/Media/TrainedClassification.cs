using Simile.Analyses;
using Simile.Analysis;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Classifies files by a classifier that 'simile train' wrote, with the model that it was trained with.</summary>
internal static class TrainedClassification
{
    /// <summary>
    /// Calls <paramref name="each"/> for every readable file in the given order. Unreadable files are reported and skipped.
    /// </summary>
    /// <param name="files">Files as they were given.</param>
    /// <param name="classifierPath">The classifier.</param>
    /// <param name="model">The model where another place of the same one is given; null for the name in the classifier.</param>
    /// <param name="job">The run.</param>
    /// <param name="each">Gets the file and its classes, most probable first.</param>
    public static int Run(
        string[] files,
        string classifierPath,
        string? model,
        Job job,
        Action<(string Path, MediaKind Kind), IReadOnlyList<Prediction>> each)
    {
        using var classifier = Classifier.Load(classifierPath);
        var paths = new GivenPaths(files);
        var options = new FindOptions { Model = model ?? classifier.Options.Model?.Name ?? CommonOptions.DefaultModel, Cache = false };
        var vectors = AnalysisArguments.Read(paths, options, job);
        if (!vectors.AreFiles)
        {
            throw new ArgumentException(
                $"{files[0]} is a file of vectors: classify pictures, sounds and texts, "
                + "or measure the classifier on it with 'simile evaluate'.");
        }

        var found = Classification.Run(vectors, classifier);
        var rows = vectors.Items.Index().ToDictionary(item => item.Item.Path!, item => item.Index, StringComparer.Ordinal);
        foreach (var (given, full) in files.Zip(paths.Full))
        {
            if (rows.TryGetValue(full, out var row))
            {
                each((given, vectors.Items[row].Kind!.Value), found.Of(row));
            }
        }

        return ExitCode.Done;
    }
}
