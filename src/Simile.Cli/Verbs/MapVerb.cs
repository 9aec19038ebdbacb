using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Plotting;

namespace Simile.Cli;

/// <summary>simile map PATH…: vectors as points on a plane, as a picture, a page or a table.</summary>
internal static class MapVerb
{
    private sealed record Options(string[] Out, string? Projector, VectorMapOptions Map, ScatterMapOptions Picture, bool Json);

    public static Command Create(Job job)
    {
        var input = new AnalysisArguments();
        var output = new Option<string[]>("--out", "-o")
        {
            Description = "Files to write: .png, .svg, .html, .csv, .tsv, .parquet or .jsonl; may be given several times.",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };
        var projector = new Option<string?>("--projector")
        {
            Description = "A folder to write vectors, labels and thumbnails to for TensorFlow's Embedding Projector.",
            HelpName = "DIR",
        };
        var method = CommonOptions.Choice("--method", "How many dimensions become two.", MapMethod.TSne);
        var perplexity = CommonOptions.Number(
            "--perplexity",
            "About how many neighbors of each item count for tsne.",
            30,
            "a number of at least 1",
            value => value is >= 1 and < 1e6);
        var neighbors = CommonOptions.Count("--neighbors", "How many neighbors of each item count for umap.", 15);
        var color = CommonOptions.Choice("--color", "What colors the points. auto: labels, else folders, else clusters.", MapColor.Auto);
        var clusters = CommonOptions.OptionalCount("--clusters", "How many clusters color the points; chosen where it is not given.");
        var title = new Option<string?>("--title") { Description = "A heading.", HelpName = "TEXT" };
        var width = CommonOptions.Count("--width", "Pixels of a picture.", 1600, 16_384);
        var height = CommonOptions.Count("--height", "Pixels of a picture.", 1200, 16_384);
        var theme = CommonOptions.Choice("--theme", "What a picture is drawn on.", MapTheme.Light);
        var json = CommonOptions.Json(
            "Print {\"path\",\"x\",\"y\"} a line; \"group\" with it where there is one, \"row\" for \"path\" with files of vectors.");
        CommonOptions.RequireEnding(output, "a map", [.. MapFile.Endings]);
        var verb = new Verb(
            "map",
            "Draws texts, pictures, sounds or vectors as points on a plane: what is alike stands together.",
            "simile map photos/ --out map.html",
            "simile map letters/ --color folder --out map.png --out map.csv",
            "simile map digits.npy --labels digits.txt --out digits.png --title 'Digits'")
        { input.Paths, output, projector, method, perplexity, neighbors, color, clusters, title, width, height, theme, json };
        input.AddTo(verb);
        verb.Check(result =>
        {
            // A value of a wrong form throws here and is reported first.
            _ = (result.GetValue(method), result.GetValue(perplexity),
                result.GetValue(neighbors), result.GetValue(color), result.GetValue(clusters));
            _ = (result.GetValue(width), result.GetValue(height), result.GetValue(theme), result.GetValue(input.Seed));
            return result.GetValue(output) is [] && result.GetValue(projector) is null && !result.GetValue(json)
                ? "There is nothing to write: name a file with --out map.html, a folder with --projector, or print with --json."
                : null;
        });
        verb.SetAction(parsed => Run(
            input.Read(parsed, job, out var paths),
            paths,
            new Options(
                parsed.GetValue(output)!,
                parsed.GetValue(projector),
                new VectorMapOptions
                {
                    Method = parsed.GetValue(method),
                    Perplexity = parsed.GetValue(perplexity),
                    Neighbors = parsed.GetValue(neighbors),
                    Color = parsed.GetValue(color),
                    Metric = parsed.GetValue(input.Metric),
                    Seed = parsed.GetValue(input.Seed),
                    Clusters = new ClusterOptions { K = parsed.GetValue(clusters) },
                },
                new ScatterMapOptions
                {
                    Width = parsed.GetValue(width),
                    Height = parsed.GetValue(height),
                    Theme = parsed.GetValue(theme),
                    Title = parsed.GetValue(title),
                },
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(AnalyzedVectors vectors, GivenPaths paths, Options options, Job job)
    {
        var map = Make(vectors, options.Map, job);
        vectors = vectors with
        {
            Items = [.. vectors.Items.Select(item => item.Kind is null ? item : item with { Path = paths.Name(item.Path!) })],
        };
        foreach (var file in options.Out)
        {
            foreach (var warning in MapFile.Save(file, vectors, map, options.Picture, job.Stop))
            {
                job.Terminal.Say(warning);
            }
        }

        if (options.Projector is { } folder)
        {
            EmbeddingProjector.Save(folder, vectors.Vectors, MapFile.Picture(vectors, map, options.Picture), job.Stop);
        }

        if (options.Json)
        {
            Print(vectors, map, job.Terminal);
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{vectors.Count:N0} "
                + $"points: {string.Join(", ", [.. options.Out, .. options.Projector is null ? [] : new[] { options.Projector }])}"));
        }

        return ExitCode.Done;
    }

    private static VectorMap Make(AnalyzedVectors vectors, VectorMapOptions options, Job job)
    {
        using var progress = job.Terminal.Progress("steps");
        return VectorMap.Make(vectors, options, new StepProgress(progress), job.Stop);
    }

    private static void Print(AnalyzedVectors vectors, VectorMap map, Terminal terminal) =>
        new JsonLines(terminal.Output).Write(vectors.Count, (json, i) =>
        {
            ItemName.Write(json, vectors.Items[i]);
            json.WriteNumber("x", map.Positions[i][0]);
            json.WriteNumber("y", map.Positions[i][1]);
            if (map.Groups is { } groups && groups.Of[i] >= 0)
            {
                json.WriteString("group", groups.Names[groups.Of[i]]);
            }
        });
}
