using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Embedding;
using Simile.Models;
using Simile.Numerics;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile similarity A B…: the similarity of texts, pictures and sounds; with --pairs, of each line of a file.</summary>
internal static class SimilarityVerb
{
    private const int PairsPerChunk = 2048;

    private sealed record Options(string[] Texts, bool Files, string? Pairs, string Model, bool Json);

    public static Command Create(Job job)
    {
        var texts = new Argument<string[]>("TEXT")
        {
            Description = "Two or more texts, or picture and sound files. All pairs are compared.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var files = new Option<bool>("--files") { Description = "Each argument is a file: text files are read and compared as a whole." };
        var pairs = new Option<string?>("--pairs")
        {
            Description = "A file with two texts per line, separated by a tab; - for standard input. "
                + "Prints {\"a\",\"b\",\"score\"} per line.",
            HelpName = "F.tsv",
        };
        var model = CommonOptions.Model();
        var resize = CommonOptions.Resize();
        var json = CommonOptions.Json("Print {\"a\",\"b\",\"score\"} per line: each text with each later one.");
        var verb = new Verb(
            "similarity",
            "Computes the similarity of texts, pictures and sounds: the cosine of their vectors; greater is closer.",
            "simile similarity 'pink short sleeve top' 'pink long sleeve shirt' 'man riding a horse'",
            "simile similarity --files draft.md final.md",
            "simile similarity --pairs pairs.tsv > scores.jsonl",
            "simile similarity cat.jpg dog.jpg 'a small cat' --model ./clip-vit-base-patch32")
        { texts, files, pairs, model, resize, json };
        verb.Check(result => result.GetValue(texts)!.Length is var count && (result.GetValue(pairs) is null ? count < 2 : count > 0)
            ? "similarity takes two texts or more, or --pairs with a file."
            : null);
        verb.Check(
            result => result.GetValue(files) && result.GetValue(pairs) is not null ? "--files and --pairs do not go together." : null);
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(texts)!,
                parsed.GetValue(files),
                parsed.GetValue(pairs),
                ModelInput.Resized(parsed.GetValue(model)!, parsed.GetValue(resize)),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        if (options.Pairs is not null)
        {
            return ComparePairs(options, job);
        }

        if (options.Files)
        {
            _ = new GivenPaths(options.Texts);
        }
        else
        {
            CheckWords(options.Texts, job.Terminal);
        }

        using var model = ModelInput.LoadAny(options.Model);
        var inputs = Job.Wait(options.Files
            ? MediaInputs.EmbedFilesAsync(model, options.Texts, job.Stop)
            : MediaInputs.EmbedAsync(model, options.Texts, job.Stop));
        job.Terminal.CutTexts += inputs.CutTexts;
        if (options.Json)
        {
            WritePairs(inputs, job.Terminal);
        }
        else
        {
            job.Terminal.Write(Matrix(inputs, job.Terminal));
        }

        return ExitCode.Done;
    }

    // A file name without --files is compared as a text, which may not be intended.
    private static void CheckWords(string[] words, Terminal terminal)
    {
        if (words.FirstOrDefault(word => FileContent.Kind(word) != MediaKind.Text && !MediaInputs.IsMedia(word)) is { } missing)
        {
            throw new FileNotFoundException($"There is no {FileContent.Kind(missing).Name()} {missing}.");
        }

        var names = words.Where(word => FileContent.Kind(word) == MediaKind.Text && File.Exists(word)).ToArray();
        if (names.Length > 0)
        {
            terminal.Say($"{string.Join(", ", names)}: the name was compared, not the file's content: use --files to compare that.");
        }
    }

    private static void WritePairs(MediaInputs inputs, Terminal terminal)
    {
        var json = new JsonLines(terminal.Output);
        for (var i = 0; i < inputs.Names.Count; i++)
        {
            for (var j = i + 1; j < inputs.Names.Count; j++)
            {
                var (a, b) = (i, j);
                json.Write(writer => WriteRow(writer, inputs.Names[a], inputs.Names[b], inputs.Score(a, b)));
            }
        }
    }

    private static Table Matrix(MediaInputs inputs, Terminal terminal)
    {
        const int NumberWidth = 9;
        const int RankWidth = 5;
        var label = Math.Clamp(terminal.Width - (NumberWidth * inputs.Names.Count) - RankWidth, 12, 40);
        var table = new Table { Border = TableBorder.None };
        table.AddColumn(new TableColumn(string.Empty).NoWrap());
        for (var i = 0; i < inputs.Names.Count; i++)
        {
            table.AddColumn(new TableColumn(new Text($"{i + 1}")).RightAligned().NoWrap());
        }

        for (var i = 0; i < inputs.Names.Count; i++)
        {
            var row = i;
            var scores = Enumerable.Range(0, inputs.Names.Count)
                .Select(j => new Text(inputs.Score(row, j).ToString("F4", CultureInfo.InvariantCulture)));
            table.AddRow([new Text($"{i + 1} {Cut.ToWidth(inputs.Names[i], label)}"), .. scores]);
        }

        return table;
    }

    private static int ComparePairs(Options options, Job job)
    {
        using var lines = TextInput.Open(options.Pairs!, job.Terminal);
        using var embedder = ModelInput.Load(options.Model);
        var json = new JsonLines(job.Terminal.Output);
        var done = 0L;
        using (var progress = job.Terminal.Progress("pairs"))
        {
            while (PairReader.ReadChunk(lines, PairsPerChunk, job.Terminal, job.Stop) is { } pairs)
            {
                var scores = Scores(pairs, embedder, job);
                json.Write(pairs.Count, (writer, row) => WriteRow(writer, pairs[row].A, pairs[row].B, scores[row]));
                job.Terminal.Output.Flush();
                progress.Report(done += pairs.Count);
            }
        }

        TextInput.ReportRepairs(lines, job.Terminal);
        return done == 0 && job.Terminal.Skipped > 0 ? ExitCode.Failure : ExitCode.Done;
    }

    private static float[] Scores(List<(string A, string B)> pairs, TextEmbedder embedder, Job job)
    {
        var embedded = embedder.EmbedWithUsage(
            [.. pairs.Select(pair => pair.A), .. pairs.Select(pair => pair.B)], cancellationToken: job.Stop);
        job.Terminal.CutTexts += embedded.CutTexts.Count;
        var vectors = embedded.Vectors;
        return [.. Enumerable.Range(0, pairs.Count).Select(i => Score(vectors[i], vectors[pairs.Count + i]))];
    }

    private static void WriteRow(Utf8JsonWriter writer, string a, string b, float score)
    {
        writer.WriteString("a", a);
        writer.WriteString("b", b);
        writer.WriteNumber("score", score);
    }

    private static float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Metric.Cosine.Score(a, b);
}
