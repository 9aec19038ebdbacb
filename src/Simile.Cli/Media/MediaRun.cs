using Simile.Embedding;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Processes files of texts, pictures and sounds in batches with progress. Unreadable files are reported and skipped.</summary>
internal static class MediaRun
{
    private const int FilesPerChunk = 64;

    /// <summary>Calls <paramref name="each"/> for every embedded file, in order.</summary>
    /// <returns>The exit code: a failure if no file was embedded.</returns>
    public static int Over(string[] files, MultimodalModel model, Job job, Action<FileVector, float[]> each)
    {
        var done = 0;
        using var progress = job.Terminal.Progress("files", files.Length);
        foreach (var chunk in files.Chunk(FilesPerChunk))
        {
            foreach (var file in Job.Wait(FileEmbedder.EmbedAsync(model, chunk, job.Stop)))
            {
                if (file.Vector is not { } vector)
                {
                    job.Terminal.Skip(file.Refusal!);
                    continue;
                }

                job.Terminal.CutTexts += file.IsCut ? 1 : 0;
                each(file, vector);
                done++;
            }

            progress.Report(done + job.Terminal.Skipped);
        }

        return done > 0 ? ExitCode.Done : ExitCode.Failure;
    }
}
