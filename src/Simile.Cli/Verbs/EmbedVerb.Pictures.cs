using System.Globalization;
using System.Text.Json;
using Simile.Imaging;
using Simile.Models;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <content>Pictures by an inner layer of a network, or by their raw pixels.</content>
internal static partial class EmbedVerb
{
    private const int PicturesPerChunk = 64;

    private static int EmbedLayer(Options options, Job job)
    {
        if (options.Model == TextEmbedder.BuiltIn)
        {
            throw new ArgumentException(
                $"{TextEmbedder.BuiltIn} has no inner layers for pictures: choose a picture model with --model.");
        }

        using var network = ImageEmbedder.Load(HubCache.Locate(options.Model), new ImageEmbedderOptions { Layer = options.Layer });
        return EmbedPictures(options, network.Dimensions, job, paths =>
        {
            var embedded = network.Embed(paths, job.Stop);
            var results = new (float[]?, string)[paths.Length];
            foreach (var picture in embedded.Refused)
            {
                results[picture.File] = (null, picture.Reason);
            }

            for (var row = 0; row < embedded.Files.Count; row++)
            {
                results[embedded.Files[row]] = (embedded.Vectors[row].ToArray(), string.Empty);
            }

            return results;
        });
    }

    private static int EmbedPixels(Options options, Job job)
    {
        var (width, height) = options.Pixels!.Value;
        return EmbedPictures(options, width * height * (options.Gray ? 1 : 3), job, paths =>
        {
            var pixels = new (float[]?, string)[paths.Length];
            var parallel = new ParallelOptions { CancellationToken = job.Stop };
            Parallel.For(0, paths.Length, parallel, i => pixels[i] = Pixels(paths[i], width, height, options.Gray));
            return pixels;
        });
    }

    private static (float[]? Vector, string Reason) Pixels(string path, int width, int height, bool gray)
    {
        try
        {
            var picture = Picture.Load(path);
            var resized = (gray ? picture.ToGray() : picture).Resize(width, height);
            return (Array.ConvertAll(resized.Pixels.ToArray(), level => (float)level), string.Empty);
        }
        catch (InvalidDataException e)
        {
            return (null, e.Message);
        }
    }

    private static int EmbedPictures(
        Options options, int dimensions, Job job, Func<string[], (float[]? Vector, string Reason)[]> embed)
    {
        if (options.Files.FirstOrDefault(file => FileContent.Kind(file) != MediaKind.Image) is { } other)
        {
            throw new ArgumentException(
                $"{(options.Pixels is null ? "--layer" : "--pixels")} is for picture files, but {other} is not one.");
        }

        _ = new GivenPaths(options.Files);
        using var output = options.Out is { } path ? VectorWriter.Create(path, dimensions) : null;
        var json = new JsonLines(job.Terminal.Output);
        var done = 0;
        using (var progress = job.Terminal.Progress("files", options.Files.Length))
        {
            foreach (var chunk in options.Files.Chunk(PicturesPerChunk))
            {
                job.Stop.ThrowIfCancellationRequested();
                foreach (var (file, (vector, reason)) in chunk.Zip(embed(chunk)))
                {
                    if (vector is null)
                    {
                        job.Terminal.Skip(reason);
                        continue;
                    }

                    Write(file, vector, output, json);
                    done++;
                }

                progress.Report(done + job.Terminal.Skipped);
            }
        }

        if (output is not null && done > 0)
        {
            Finish(output, dimensions, options, job);
        }

        return done > 0 ? ExitCode.Done : ExitCode.Failure;
    }

    private static void Write(string file, float[] vector, VectorWriter? output, JsonLines json)
    {
        if (output is not null)
        {
            output.Append(new VectorSet(new VectorMatrix(vector, vector.Length)) { Ids = [file] });
            return;
        }

        json.Write(writer =>
        {
            writer.WriteString("path", file);
            writer.WriteString("kind", HitPrinter.Word(MediaKind.Image));
            WriteVector(writer, vector);
        });
    }
}
