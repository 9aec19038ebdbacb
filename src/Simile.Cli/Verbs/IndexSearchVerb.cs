using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Index;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>simile index search VECTORS --index FILE: the nearest neighbors of many vectors.</summary>
internal static class IndexSearchVerb
{
    private const int QueriesPerChunk = 1024;

    private sealed record Options(string Vectors, string Index, int Top, int? Ef, int? NProbe, string? Out, bool Json);

    public static Command Create(Job job)
    {
        var vectors = new Argument<string>("VECTORS")
        {
            Description = "The query vectors: a NumPy file of float32 [n, d], such as 'simile embed --out' writes.",
        };
        var index = new Option<string>("--index", "-i")
        {
            Description = "The index file, made by 'simile index build' or VectorIndex.Save.",
            HelpName = "FILE",
            Required = true,
        };
        var top = CommonOptions.Count("--top", "Maximum number of answers per vector, best first.", 10);
        var ef = CommonOptions.OptionalCount(
            "--ef", "Number of candidates that a search of an hnsw index keeps. More is more accurate and slower.");
        var nprobe = CommonOptions.OptionalCount(
            "--nprobe", "Number of lists that a search of an ivf index scans. More is more accurate and slower.");
        var file = new Option<string?>("--out", "--output", "-o")
        {
            Description = "Write ids [n, top] and scores [n, top] to a NumPy archive (F.npz), or JSON lines (F.jsonl), "
                + "instead of printing answers.",
            HelpName = "F.npz|F.jsonl",
        };
        CommonOptions.RequireEnding(file, "NumPy archives and JSON lines", ".npz", ".jsonl");
        var json = CommonOptions.Json("Print {\"query\",\"ids\",\"scores\"} per line; with --out, its path, queries and top.");
        var verb = new Verb(
            "search",
            "Finds the nearest neighbors of each vector in a file: ids (row numbers of the file that the index was built from) and scores; "
            + "greater is closer.",
            "simile index search queries.npy --index vectors.simi",
            "simile index search queries.npy --index vectors.simi --top 100 --ef 400 --out nearest.npz",
            "simile index search queries.npy --index vectors.simi --json | head -3")
        { vectors, index, top, ef, nprobe, file, json };
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(vectors)!,
                parsed.GetValue(index)!,
                parsed.GetValue(top),
                parsed.GetValue(ef),
                parsed.GetValue(nprobe),
                parsed.GetValue(file),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        var queries = VectorFile.Read(options.Vectors, job.Stop).Vectors;
        using var index = VectorIndex.Open(options.Index);
        Widen(index, options);
        using var writer = options.Out is { } path ? NeighborFile.Create(path, queries.Count, Math.Min(options.Top, index.Count)) : null;
        var json = new JsonLines(job.Terminal.Output);
        using (var progress = job.Terminal.Progress("vectors", queries.Count))
        {
            foreach (var (first, answers) in Search(index, queries, options.Top, job.Stop))
            {
                Write(first, answers, writer, json, options, job.Terminal);
                progress.Report(first + answers.Length);
            }
        }

        writer?.Finish();
        if (options.Out is not null)
        {
            Report(queries.Count, Math.Min(options.Top, index.Count), json, options, job.Terminal);
        }

        return ExitCode.Done;
    }

    private static void Widen(VectorIndex index, Options options)
    {
        if ((options.Ef is not null && index is not HnswIndex) || (options.NProbe is not null && index is not IvfIndex))
        {
            throw new ArgumentException(index switch
            {
                HnswIndex => $"{options.Index} is an hnsw index: --ef sets how widely it searches, not --nprobe.",
                IvfIndex => $"{options.Index} is an ivf index: --nprobe sets how widely it searches, not --ef.",
                _ => $"{options.Index} is a flat index, whose search is exact: omit --ef and --nprobe.",
            });
        }

        if (index is HnswIndex graph && options.Ef is { } ef)
        {
            graph.Ef = ef;
        }
        else if (index is IvfIndex lists && options.NProbe is { } nprobe)
        {
            lists.NProbe = nprobe;
        }
    }

    private static IEnumerable<(int First, Hit[][] Answers)> Search(
        VectorIndex index, VectorMatrix queries, int top, CancellationToken stop)
    {
        for (var first = 0; first < queries.Count; first += QueriesPerChunk)
        {
            stop.ThrowIfCancellationRequested();
            var count = Math.Min(QueriesPerChunk, queries.Count - first);
            var chunk = new VectorMatrix(
                queries.AsSpan().Slice(first * queries.Dimensions, count * queries.Dimensions).ToArray(), queries.Dimensions);
            yield return (first, index.Search(chunk, top));
        }
    }

    private static void Write(int first, Hit[][] answers, NeighborFile? file, JsonLines json, Options options, Terminal terminal)
    {
        if (file is not null)
        {
            file.Append(first, answers);
        }
        else if (options.Json)
        {
            json.Write(answers.Length, (writer, row) => WriteJson(writer, first + row, answers[row]));
        }
        else
        {
            for (var i = 0; i < answers.Length; i++)
            {
                var query = terminal.Bold((first + i).ToString(CultureInfo.InvariantCulture));
                terminal.WriteLine($"{query}  {string.Join("  ", answers[i].Select(hit => Describe(hit, terminal)))}");
            }
        }
    }

    private static string Describe(Hit hit, Terminal terminal) => string.Create(
        CultureInfo.InvariantCulture, $"{hit.Id} {terminal.Dim(hit.Score.ToString("G4", CultureInfo.InvariantCulture))}");

    /// <summary>The properties of one query's answers.</summary>
    internal static void WriteJson(Utf8JsonWriter writer, int query, Hit[] hits)
    {
        writer.WriteNumber("query", query);
        writer.WriteStartArray("ids");
        foreach (var hit in hits)
        {
            writer.WriteNumberValue(hit.Id);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("scores");
        foreach (var hit in hits)
        {
            writer.WriteNumberValue(hit.Score);
        }

        writer.WriteEndArray();
    }

    private static void Report(int queries, int top, JsonLines json, Options options, Terminal terminal)
    {
        if (options.Json)
        {
            json.Write(writer =>
            {
                writer.WriteString("path", options.Out);
                writer.WriteNumber("queries", queries);
                writer.WriteNumber("top", top);
            });
        }
        else
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Out}: the nearest {top:N0} of {queries:N0} vectors"));
        }
    }
}
