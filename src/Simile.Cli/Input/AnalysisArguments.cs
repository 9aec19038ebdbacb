using System.CommandLine;
using Simile.Analyses;
using Simile.Models;
using Simile.Numerics;
using Simile.Sync;

namespace Simile.Cli;

/// <summary>What the verbs of analyses have in common: what is read, with which model, and with which labels.</summary>
internal sealed class AnalysisArguments
{
    public Argument<string[]> Paths { get; } = new("PATH")
    {
        Description = "Files and folders; or one store; or one file of vectors (.npy, .fvecs, .parquet, .jsonl).",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string> Model { get; } = CommonOptions.Model();

    /// <summary>An option for several models, which replaces <see cref="Model"/>; null for one model.</summary>
    public Option<string[]>? Models { get; init; }

    public Option<PictureResize?> Resize { get; } = CommonOptions.Resize();

    public Option<MediaKind[]> Kinds { get; } = CommonOptions.Choices<MediaKind>(
        "--kind", "Analyze only what is of this kind; may be given several times.");

    public Option<string?> Labels { get; } = new("--labels")
    {
        Description = "The class of each item: 'folders' for the folders that files lie in, or a file with a label a line. "
            + "A file of vectors may bring a column 'label'.",
        HelpName = "folders|FILE",
    };

    public Option<Metric?> Metric { get; } = CommonOptions.OptionalChoice<Metric>(
        "--metric", "How vectors are compared. Without: cosine for what a model embedded, Euclidean for files of vectors.");

    public Option<int> Seed { get; } = CommonOptions.WholeNumber("--seed", "Decides what is drawn at random.", 1);

    public Option<bool> NoCache { get; } = new("--no-cache") { Description = "Keep no vectors for the next time." };

    public ReadingOptions Reading { get; } = new();

    /// <summary>Adds the options to a verb. The verb adds the argument of paths itself.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="except">Options that the verb does not have.</param>
    public void AddTo(Verb verb, params Option[] except)
    {
        var all = new[]
        {
            (Option?)Models ?? Model, Resize, Kinds, Labels, Metric, Seed, Reading.Encoding, Reading.NoIgnore, Reading.Hidden, NoCache,
        };
        foreach (var option in all.Except(except))
        {
            verb.Add(option);
        }
    }

    /// <summary>Reads what is to be analyzed, tells what was skipped, and gives it the labels that are asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="job">The run.</param>
    /// <param name="paths">The paths as they were given.</param>
    /// <param name="model">The model where --model is not given; null for the default.</param>
    public AnalyzedVectors Read(ParseResult parsed, Job job, out GivenPaths paths, string? model = null)
    {
        paths = new GivenPaths(parsed.GetValue(Paths)!);
        return Read(parsed, job, paths, parsed.GetValue(Labels), model);
    }

    /// <summary>Reads other paths than those of the command line, with other labels.</summary>
    public AnalyzedVectors Read(ParseResult parsed, Job job, GivenPaths paths, string? labels, string? model = null)
    {
        var options = new FindOptions
        {
            Model = ModelOf(parsed, model),
            Cache = !parsed.GetValue(NoCache),
            Corpus = new CorpusOptions { Sync = Reading.Of(parsed) },
        };
        var vectors = OfKinds(Read(paths, options, job), parsed.GetValue(Kinds)!, paths);
        return Labelled(vectors, labels);
    }

    /// <summary>The model of --model; where it is not given, <paramref name="model"/>, or the default if that is null.</summary>
    public string ModelOf(ParseResult parsed, string? model) =>
        ModelInput.Resized(IsGiven(parsed, Model) || model is null ? parsed.GetValue(Model)! : model, parsed.GetValue(Resize));

    /// <summary>Whether an option is on the command line, and is not its default.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Reads what is to be analyzed, and tells what was skipped.</summary>
    public static AnalyzedVectors Read(GivenPaths paths, FindOptions options, Job job)
    {
        using var progress = job.Terminal.Progress("files");
        var report = SyncOutput.To(
            progress, job.Terminal, options.Cache ? "What is done is kept, and the next call goes on from there." : null);
        var input = Job.Wait(AnalysisSource.ReadAsync(paths.Full, options, report, job.Stop));
        job.Terminal.KeptOnStop = null;
        if (input.NotCached is { } reason)
        {
            job.Terminal.Say($"Nothing is kept for the next time, all is done in memory: {Failures.Sentence(reason)}");
        }

        if (input.Renewed is { } damage)
        {
            job.Terminal.Say($"What was kept of these folders is made anew: {Failures.Sentence(damage)}");
        }

        if (input.Report is { } synchronized)
        {
            SyncOutput.Check(synchronized, input.Kinds, paths, job.Terminal);
        }

        return input.Vectors;
    }

    private static AnalyzedVectors OfKinds(AnalyzedVectors vectors, MediaKind[] kinds, GivenPaths paths)
    {
        if (kinds is [])
        {
            return vectors;
        }

        if (!vectors.AreFiles)
        {
            throw new ArgumentException("--kind is for files; rows of a file of vectors are of no kind.");
        }

        int[] rows = [.. vectors.Items.Index().Where(item => kinds.Contains(item.Item.Kind!.Value)).Select(item => item.Index)];
        return rows.Length > 0
            ? vectors.Select(rows)
            : throw new FileNotFoundException($"There is no {SyncOutput.Sought(kinds)} in {paths} that the model knows.");
    }

    private static AnalyzedVectors Labelled(AnalyzedVectors vectors, string? labels) => labels switch
    {
        null => vectors,
        "folders" => vectors.WithFoldersAsLabels(),
        _ => vectors.WithLabels(LabelLines(labels)),
    };

    /// <summary>The labels of a file, one a line.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string[] LabelLines(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file of labels {path}: name one with a label a line, or write 'folders'.");
        }

        var lines = FileContent.ReadText(path).TrimEnd('\n', '\r').Split('\n');
        return Array.ConvertAll(lines, line => line.TrimEnd('\r'));
    }
}
