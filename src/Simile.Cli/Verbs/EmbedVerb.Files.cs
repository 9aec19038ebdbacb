using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <content>Pictures and sounds: a file, a vector.</content>
internal static partial class EmbedVerb
{
    private const int FilesPerChunk = 64;

    private static int EmbedFiles(Options options, Job job)
    {
        if (options.Prompt is not null || options.Layer is not null)
        {
            throw new ArgumentException("--prompt and --layer are for texts; leave them away with pictures and sounds.");
        }

        var paths = new GivenPaths(options.Files);
        using var model = ModelInput.LoadAny(options.Model);
        using var npy = options.Out is { } path ? new NpyWriter(path, model.Dimensions) : null;
        var done = 0;
        using (var progress = job.Terminal.Progress("files", paths.Full.Length))
        {
            foreach (var chunk in options.Files.Chunk(FilesPerChunk))
            {
                done += EmbedChunk(chunk, model, npy, job);
                progress.Report(done + job.Terminal.Skipped);
            }
        }

        if (npy is not null && done > 0)
        {
            Finish(npy, model.Dimensions, options, job);
        }

        return done > 0 ? ExitCode.Done : ExitCode.Failure;
    }

    private static int EmbedChunk(string[] paths, JointModel model, NpyWriter? npy, Job job)
    {
        var done = 0;
        var json = new JsonLines(job.Terminal.Output);
        foreach (var file in MediaFile.Embed(model, paths, job.Stop))
        {
            if (file.Vector is not { } vector)
            {
                job.Terminal.Skip(file.Refusal);
                continue;
            }

            npy?.Append(new VectorMatrix(vector, vector.Length));
            if (npy is null)
            {
                json.Write(writer =>
                {
                    writer.WriteString("path", file.Path);
                    writer.WriteString("kind", HitPrinter.Word(MediaFile.ItemOf(file.Kind)));
                    WriteVector(writer, vector);
                });
            }

            done++;
        }

        return done;
    }
}
