using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Simile.Index;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>simile index build VECTORS --output FILE: builds an index from a file of vectors.</summary>
internal static class IndexBuildVerb
{
    private sealed record Options(string Vectors, string Output, IndexType Type, Metric Metric, bool Json);

    private enum IndexType
    {
        Hnsw,
        Ivf,
        Flat,
    }

    public static Command Create(Job job)
    {
        var vectors = new Argument<string>("VECTORS") { Description = "A NumPy file of float32 [n, d]." };
        var output =
            new Option<string>("--output", "--out", "-o") { Description = "The index file to write.", HelpName = "FILE", Required = true };
        var type = CommonOptions.Choice(
            "--type", "The index type: fastest search (hnsw), fastest build (ivf), or exact (flat).", IndexType.Hnsw, "-t");
        var metric = CommonOptions.Choice("--metric", "How vectors are compared.", Metric.Cosine);
        var json = CommonOptions.Json("Print {\"path\",\"vectors\",\"dimensions\",\"bytes\",\"exact\",\"seconds\"}.");
        var verb = new Verb(
            "build",
            "Builds an index file of vectors in a file (.npy, .fvecs, .parquet, .jsonl); row i has the id i.",
            "simile index build vectors.npy --output vectors.simi --metric l2")
        {
            vectors, output, type, metric, json,
        };
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(vectors)!, parsed.GetValue(output)!, parsed.GetValue(type), parsed.GetValue(metric), parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        var vectors = VectorFile.Read(options.Vectors, job.Stop).Vectors;
        var begin = Stopwatch.GetTimestamp();
        using var index = Empty(options, vectors.Dimensions);
        using (var progress = job.Terminal.Progress("vectors", vectors.Count))
        {
            index.Add(vectors, progress, job.Stop);
        }

        index.Save(options.Output, job.Stop);
        var (seconds, bytes) = (Stopwatch.GetElapsedTime(begin).TotalSeconds, new FileInfo(options.Output).Length);
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", options.Output);
                writer.WriteNumber("vectors", index.Count);
                writer.WriteNumber("dimensions", index.Dimensions);
                writer.WriteNumber("bytes", bytes);
                writer.WriteBoolean("exact", index.IsExact);
                writer.WriteNumber("seconds", Math.Round(seconds, 3));
            });
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Output}: {index.Count:N0} vectors of {index.Dimensions} dimensions, {bytes:N0} "
                + $"bytes, {(index.IsExact ? "searches compare all, " : "")}{seconds:F1} s"));
        }

        return ExitCode.Done;
    }

    private static VectorIndex Empty(Options options, int dimensions) => options.Type switch
    {
        IndexType.Hnsw => new HnswIndex(options.Metric, dimensions),
        IndexType.Ivf => new IvfIndex(options.Metric, dimensions),
        _ => new FlatIndex(options.Metric, dimensions),
    };
}
