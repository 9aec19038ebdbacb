using Simile.Indexing;
using Simile.Models;

namespace Simile.Cli;

/// <summary>What find and index share: a store is brought up to date with files and folders.</summary>
internal static class StoreUpdate
{
    /// <exception cref="FileNotFoundException">Nothing below the paths could be read as text.</exception>
    public static IndexReport Run(Store store, TextEmbedder embedder, GivenPaths paths, Job job)
    {
        var options = new IndexOptions { ModelSettings = ModelInput.Fingerprint(embedder.Name) };
        using var progress = job.Terminal.Progress("files");
        var report = new FolderIndexer(store, Roles.ForDocuments(embedder), embedder.Tokenizer, options).Index(paths.Full, new Files(progress), job.Stop);
        foreach (var (path, reason) in report.Skipped)
        {
            job.Terminal.Skip(reason.Contains(path, StringComparison.Ordinal) ? reason : $"{paths.Name(path)}: {reason}");
        }

        return report.Passages > 0 ? report : throw new FileNotFoundException($"There is no text in {paths}.");
    }

    private sealed class Files(ProgressLine line) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value)
        {
            line.Total = value.TotalFiles;
            line.Report(value.Files);
        }
    }
}
