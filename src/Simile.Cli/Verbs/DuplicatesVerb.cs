using System.CommandLine;
using System.Globalization;
using Simile.Analyses;
using Simile.Analysis;
using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>simile duplicates PATH…: items that are the same or nearly so, and a way to put all but one aside.</summary>
internal static class DuplicatesVerb
{
    private sealed record Options(DuplicateSearchOptions Search, string? MoveTo, bool Yes, bool Json);

    public static Command Create(Job job)
    {
        var input = new AnalysisArguments();
        var threshold = new Option<double?>("--threshold")
        {
            Description = "The least score of near-duplicates, such as .95. Without: what the data suggests.",
            HelpName = "SCORE",
            CustomParser = result =>
                double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                    ? number
                    : Refuse(result),
        };
        var keep = CommonOptions.Choice("--keep", "Which item of a group is kept.", KeepPolicy.First);
        var exact = new Option<bool>("--exact") { Description = "Only files of the same content, or equal vectors." };
        var moveTo = new Option<string?>("--move-to")
        {
            Description = "Move all but the kept ones to this folder, after asking. Nothing is ever deleted or overwritten.",
            HelpName = "DIR",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before files are moved." };
        var json = CommonOptions.Json(
            "Print {\"group\",\"path\",\"score\"} a line, the kept one of each group first; the score is the one to it.");
        var verb = new Verb(
            "duplicates",
            "Finds texts, pictures, sounds or vectors that are the same or nearly so.",
            "simile duplicates photos/",
            "simile duplicates photos/ --keep resolution --move-to ../doubles",
            "simile duplicates vectors.npy --threshold .98 --json")
        { input.Paths, threshold, keep, exact, moveTo, yes, json };
        input.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var vectors = input.Read(parsed, job, out var paths);
            var search = new DuplicateSearchOptions
            {
                Threshold = (float?)parsed.GetValue(threshold),
                Keep = parsed.GetValue(keep),
                ExactOnly = parsed.GetValue(exact),
                Metric = parsed.GetValue(input.Metric) ?? Metric.Cosine,
                Seed = parsed.GetValue(input.Seed),
            };
            return Run(vectors, paths, new Options(search, parsed.GetValue(moveTo), parsed.GetValue(yes), parsed.GetValue(json)), job);
        });
        return verb;
    }

    private static double? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--threshold takes a number, not '{result.Tokens[0].Value}'.");
        return null;
    }

    private static int Run(AnalyzedVectors vectors, GivenPaths paths, Options options, Job job)
    {
        if (options.MoveTo is { } folder)
        {
            RequireMovable(vectors, folder, paths);
        }

        var found = Find(vectors, options.Search, job);
        if (options.Json)
        {
            PrintJson(vectors, found, options.Search.Metric, paths, job.Terminal);
        }
        else
        {
            Print(vectors, found, paths, job.Terminal);
        }

        return options.MoveTo is null ? ExitCode.Done : Move(vectors, found, paths, options, job);
    }

    private static void RequireMovable(AnalyzedVectors vectors, string folder, GivenPaths paths)
    {
        if (!vectors.AreFiles)
        {
            throw new ArgumentException("--move-to moves files; rows of a file of vectors cannot be moved.");
        }

        FileMover.RequireOutside(folder, paths.Full);
    }

    private static DuplicateSearch Find(AnalyzedVectors vectors, DuplicateSearchOptions options, Job job)
    {
        using var progress = job.Terminal.Progress("steps");
        return DuplicateSearch.Find(vectors, options, new StepProgress(progress), job.Stop);
    }

    private static void Print(AnalyzedVectors vectors, DuplicateSearch found, GivenPaths paths, Terminal terminal)
    {
        foreach (var group in found.Groups)
        {
            terminal.WriteLine(terminal.Bold(Visible.Of(ItemName.Of(vectors.Items[group.Kept], paths))));
            foreach (var member in group.Members)
            {
                var score = member.IsExact ? "equal" : member.Score.ToString("0.000", CultureInfo.InvariantCulture);
                terminal.WriteLine($"  {score}  {Visible.Of(ItemName.Of(vectors.Items[member.Row], paths))}");
            }
        }

        var doubles = found.Groups.Sum(group => group.Members.Count);
        var thresholds = found.Thresholds.Where(kind => float.IsFinite(kind.Threshold))
            .Select(kind => string.Create(
                CultureInfo.InvariantCulture, $"{kind.Threshold:0.###}{(kind.Kind is { } name ? $" for {name.Name()}s" : string.Empty)}"));
        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{doubles:N0} of {vectors.Count:N0} are duplicates of another one "
            + $"(threshold {string.Join(", ", thresholds.DefaultIfEmpty("none"))})."));
    }

    private static void PrintJson(AnalyzedVectors vectors, DuplicateSearch found, Metric metric, GivenPaths paths, Terminal terminal)
    {
        var lines = new JsonLines(terminal.Output);
        foreach (var (number, group) in found.Groups.Index())
        {
            var kept = new DuplicateMember(
                group.Kept, metric.Score(vectors.Vectors[group.Kept], vectors.Vectors[group.Kept]), IsExact: true);
            foreach (var member in group.Members.Prepend(kept))
            {
                lines.Write(json =>
                {
                    json.WriteNumber("group", number);
                    ItemName.Write(json, vectors.Items[member.Row], paths);
                    json.WriteNumber("score", member.Score);
                });
            }
        }
    }

    private static int Move(AnalyzedVectors vectors, DuplicateSearch found, GivenPaths paths, Options options, Job job)
    {
        string[] files = [.. found.Groups.SelectMany(group => group.Members).Select(member => vectors.Items[member.Row].Path!)];
        if (files.Length == 0)
        {
            return ExitCode.Done;
        }

        job.Terminal.Flush();
        if (!options.Yes && !Question.Ask($"Move {Counted(files)} to {options.MoveTo}?"))
        {
            job.Terminal.Say("Nothing was moved.");
            return ExitCode.Done;
        }

        FileMover.Move(files, options.MoveTo!, paths.Full, cancellationToken: job.Stop);
        job.Terminal.Say($"Moved {Counted(files)} to {options.MoveTo}.");
        return ExitCode.Done;
    }

    private static string Counted(string[] files) => files.Length == 1 ? "1 file" : $"{files.Length:N0} files";
}
