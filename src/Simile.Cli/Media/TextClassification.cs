using Simile.Models;

namespace Simile.Cli;

/// <summary>Goes through files of texts with a trained classifier, some at a time; what cannot be read is named and skipped.</summary>
internal static class TextClassification
{
    private const int FilesPerChunk = 64;

    /// <summary>Calls <paramref name="each"/> with each file and its labels, the most probable first.</summary>
    /// <param name="files">The files.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="labels">Labels for zero-shot classification, which needs an entailment model; null for the labels of the model.</param>
    /// <param name="templates">Sentences for those labels; at most one.</param>
    /// <param name="job">Where to write.</param>
    /// <param name="each">Takes a file, and of each label its probability and the same again as score.</param>
    /// <returns>The exit code: a failure where no file could be read.</returns>
    public static int Run(
        string[] files,
        string model,
        string[]? labels,
        string[] templates,
        Job job,
        Action<(string Path, MediaKind Kind), IEnumerable<(string Label, float Probability, float Score)>> each)
    {
        _ = templates.Length > 1 ? throw new ArgumentException("A classifier of texts takes one --template.") : 0;
        using var classifier = TextClassifier.Load(HubCache.Locate(model));
        using var progress = job.Terminal.Progress("files", files.Length);
        var done = 0;
        foreach (var chunk in files.Chunk(FilesPerChunk))
        {
            var texts = chunk.Select(path => (Path: path, Text: Read(path, job))).Where(file => file.Text is not null).ToArray();
            string[] contents = [.. texts.Select(file => file.Text!)];
            var rows = labels is null
                ? classifier.Classify(contents, cancellationToken: job.Stop)
                : classifier.ClassifyBy(
                    contents, labels, templates is [var template] ? template : TextClassifier.DefaultTemplate, cancellationToken: job.Stop);
            for (var i = 0; i < texts.Length; i++)
            {
                each(
                    (texts[i].Path, MediaKind.Text),
                    (labels ?? [.. classifier.Labels]).Zip(rows[i].ToArray(), (label, p) => (Label: label, Probability: p, Score: p))
                        .OrderByDescending(label => label.Probability));
            }

            done += texts.Length;
            progress.Report(done + job.Terminal.Skipped);
        }

        return done > 0 ? ExitCode.Done : ExitCode.Failure;
    }

    private static string? Read(string path, Job job)
    {
        try
        {
            return FileContent.Kind(path) == MediaKind.Text
                ? FileContent.ReadText(path)
                : throw new InvalidDataException($"{path} is no text, and the model classifies texts.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            job.Terminal.Skip(e.Message);
            return null;
        }
    }
}
