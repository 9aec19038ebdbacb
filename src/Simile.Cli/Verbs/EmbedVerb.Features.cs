using Simile.Audio;
using Simile.Imaging;
using Simile.Models;
using Simile.Models.Features;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <content>Pictures and sounds by features: the numbers as the formula gives them, a file, a vector.</content>
internal static partial class EmbedVerb
{
    private static int EmbedFeatures(Options options, Job job)
    {
        using var model = FeatureModel.Load(options.Model);
        if (options.Texts.Length > 0 || options.Files is ["-"] || options.Prompt is not null || options.Layer is not null)
        {
            throw new ArgumentException(
                $"{options.Model} is for files of {(model.Knows(MediaKind.Image) ? "pictures" : "sounds")}: "
                + "name them, without --text, --prompt and --layer.");
        }

        _ = new GivenPaths(options.Files);
        using var output = options.Out is { } path ? VectorWriter.Create(path, model.Dimensions) : null;
        var (json, done) = (new JsonLines(job.Terminal.Output), 0);
        using (var progress = job.Terminal.Progress("files", options.Files.Length))
        {
            foreach (var chunk in options.Files.Chunk(PicturesPerChunk))
            {
                job.Stop.ThrowIfCancellationRequested();
                var vectors = new (float[]? Vector, string Reason)[chunk.Length];
                Parallel.For(
                    0, chunk.Length, new ParallelOptions { CancellationToken = job.Stop }, i => vectors[i] = Features(model, chunk[i]));
                done += Write(chunk, vectors, model.Kinds[0], output, json, job.Terminal);
                progress.Report(done + job.Terminal.Skipped);
            }
        }

        if (output is not null && done > 0)
        {
            Finish(output, model.Dimensions, options, job);
        }

        return done > 0 ? ExitCode.Done : ExitCode.Failure;
    }

    private static (float[]? Vector, string Reason) Features(FeatureModel model, string path)
    {
        try
        {
            return (model.Knows(MediaKind.Image) ? model.Compute(Picture.Load(path)) : model.Compute(Waveform.Load(path)), string.Empty);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return (null, e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}");
        }
    }

    private static int Write(
        string[] files, (float[]? Vector, string Reason)[] vectors, MediaKind kind, VectorWriter? output, JsonLines json, Terminal terminal)
    {
        var done = 0;
        foreach (var (file, (vector, reason)) in files.Zip(vectors))
        {
            if (vector is null)
            {
                terminal.Skip(reason);
                continue;
            }

            done++;
            output?.Append(new VectorSet(new VectorMatrix(vector, vector.Length)) { Ids = [file] });
            if (output is null)
            {
                json.Write(writer =>
                {
                    writer.WriteString("path", file);
                    writer.WriteString("kind", HitPrinter.Word(kind));
                    WriteVector(writer, vector);
                });
            }
        }

        return done;
    }
}
