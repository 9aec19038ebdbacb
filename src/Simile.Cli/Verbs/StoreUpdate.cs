using Simile.Indexing;
using Simile.Models;

namespace Simile.Cli;

/// <summary>What find and index share: a store is brought up to date with files and folders.</summary>
internal static class StoreUpdate
{
    /// <exception cref="FileNotFoundException">Nothing below the paths could be read.</exception>
    public static IndexReport Run(Store store, JointModel model, GivenPaths paths, Job job)
    {
        using var progress = job.Terminal.Progress("files");
        var stamp = new StoreModel(model.Name, model.Dimensions, ModelInput.Fingerprint(model.Name));
        var report = new FolderIndexer(store, stamp, Embedders(model)).Index(paths.Full, new Files(progress), job.Stop);
        foreach (var (path, reason) in report.Skipped)
        {
            job.Terminal.Skip(reason.Contains(path, StringComparison.Ordinal) ? reason : $"{paths.Name(path)}: {reason}");
        }

        return report.Passages + report.Images + report.Sounds > 0 ? report : throw new FileNotFoundException($"There is no {Sought(model)} in {paths}.");
    }

    private static Embedders Embedders(JointModel model) => new()
    {
        Texts = model.Knows(MediaKind.Text) ? Roles.ForDocuments(model) : null,
        Tokenizer = model.Knows(MediaKind.Text) ? () => model.Texts.Tokenizer : null,
        Images = model.Knows(MediaKind.Image) ? new ImageFiles(model) : null,
        Sounds = model.Knows(MediaKind.Sound) ? new SoundFiles(model) : null,
    };

    private static string Sought(JointModel model) => string.Join(" or ", model.Kinds.Select(kind => kind switch
    {
        MediaKind.Image => "picture",
        MediaKind.Sound => "sound",
        _ => "text",
    }));

    private sealed class Files(ProgressLine line) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value)
        {
            line.Total = value.TotalFiles;
            line.Report(value.Files);
        }
    }
}
