using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>
/// simile recommend PATH… --like A: items like examples; simile recommend USER --model DIR: items for a user; with train, the vectors
/// behind it.
/// </summary>
internal static class RecommendVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("PATH|USER")
        {
            Description = "With --like: files, folders, a store, or a file of vectors to choose from. Otherwise the user to recommend to.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var examples = new RecommendExamples(words);
        var item = new Option<string?>("--item")
        {
            Description = "Items that are most like this one, in the place of a user's.",
            HelpName = "ITEM",
        };
        var model = new Option<string?>("--model", "-m")
        {
            Description = "The folder that 'recommend train' wrote; with --like, the model by name or folder.",
            HelpName = "DIR|NAME",
        };
        var top = CommonOptions.Count("--top", "How many items, best first.", 10);
        top.Aliases.Add("-k");
        var seen = new Option<bool>("--seen") { Description = "Also items that the user knows already." };
        var json = CommonOptions.Json(
            "Print {\"item\",\"score\"} a line; with --like {\"path\",\"kind\",\"score\"}, of files of vectors {\"row\",\"score\"}.");
        var verb = new Verb(
            "recommend",
            "Recommends what is like some examples and unlike others (--like, --not-like), or what users like a user chose (--model; "
            + "alternating least squares).",
            "simile recommend photos/ --like beach.jpg --like boat.jpg --not-like crowd.jpg",
            "simile recommend articles/ --like read/ai.txt --like 'solar power' --diversity 0.3 --exclude seen.txt",
            "simile recommend train plays.tsv --out taste",
            "simile recommend anna --model taste -k 5",
            "simile recommend --item 'Blue Train' --model taste")
        { words };
        examples.AddTo(verb);
        foreach (var option in new Option[] { item, model, top, seen, json })
        {
            verb.Add(option);
        }

        verb.Add(TrainVerb(job));
        verb.Check(result => examples.AreGiven(result)
            ? Mixed(result, words, item, seen)
            : examples.Complaint(result) ?? (result.GetValue(words)!, result.GetValue(item), result.GetValue(top)) switch
            {
                ([], null, _) => "recommend takes examples (--like), a user, or --item.",
                ([_, ..], { }, _) => "A user and --item do not go together.",
                ([_, _, ..], _, _) => "recommend takes one user; with --like, paths.",
                _ => result.GetValue(model) is null ? "recommend needs --model with the folder that 'recommend train' wrote." : null,
            });
        verb.SetAction(parsed =>
        {
            var (count, asJson) = (parsed.GetValue(top), parsed.GetValue(json));
            if (examples.AreGiven(parsed.CommandResult))
            {
                return examples.Run(parsed, parsed.GetValue(model), count, asJson, job);
            }

            var taste = AlsRecommender.Load(parsed.GetValue(model)!);
            var found = parsed.GetValue(item) is { } like
                ? taste.Similar(like, count)
                : taste.Recommend(parsed.GetValue(words)![0], count, parsed.GetValue(seen));
            Write(found, asJson, job.Terminal);
            return ExitCode.Done;
        });
        return verb;
    }

    private static string? Mixed(CommandResult result, Argument<string[]> paths, Option<string?> item, Option<bool> seen) =>
        result.GetValue(paths) is [] ? "recommend --like needs what to choose from: files and folders, a store, or a file of vectors." :
        result.GetValue(item) is not null
            ? "--like and --item do not go together: --like names examples, --item an item of 'recommend train'."
        : result.GetValue(seen) ? "--seen is for users; with --like, --exclude names what is left out." : null;

    private static Verb TrainVerb(Job job)
    {
        var defaults = new AlsOptions();
        var file = new Argument<string>("FILE")
        {
            Description = "User, item and amount a line, tabs between; without an amount it is 1. - for standard input.",
        };
        var output = new Option<string>("--out", "-o") { Description = "The folder to write.", HelpName = "DIR", Required = true };
        var dimensions = CommonOptions.Count("--dimensions", "Components of each vector.", defaults.Dimensions, 1000);
        var epochs = CommonOptions.Count("--epochs", "How often users and items are solved in turn.", defaults.Epochs);
        var confidence = CommonOptions.Number(
            "--confidence", "How much surer an amount makes.", defaults.Confidence, "a number of at least 0", x => x >= 0);
        var regularization = CommonOptions.Number(
            "--regularization", "How strongly vectors are held near zero.", defaults.Regularization, "a number above 0", x => x > 0);
        var seed = CommonOptions.WholeNumber("--seed", "The same seed gives the same vectors.", defaults.Seed);
        var verb = new Verb(
            "train", "Makes vectors of users and items from who had to do with what.", "simile recommend train plays.tsv --out taste")
        {
            file, output, dimensions, epochs, confidence, regularization, seed,
        };
        verb.SetAction(parsed =>
        {
            var folder = OutputFolder.Require(parsed.GetValue(output)!);
            using var progress = job.Terminal.Progress("epochs", parsed.GetValue(epochs));
            var options = new AlsOptions
            {
                Dimensions = parsed.GetValue(dimensions),
                Epochs = parsed.GetValue(epochs),
                Confidence = parsed.GetValue(confidence),
                Regularization = parsed.GetValue(regularization),
                Seed = parsed.GetValue(seed),
            };
            var made = AlsTraining.Run(Interactions(parsed.GetValue(file)!, job), options, progress, job.Stop);
            made.Save(folder);
            job.Terminal.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{folder}: {made.Users.Count:N0} users, {made.Items.Count:N0} items"));
            return ExitCode.Done;
        });
        return verb;
    }

    private static IEnumerable<Interaction> Interactions(string file, Job job)
    {
        const int LinesAtOnce = 65536;
        using var lines = TextInput.Open(file, job.Terminal);
        for (var number = lines.LineNumber; lines.ReadChunk(LinesAtOnce, job.Stop) is { Count: > 0 } chunk;)
        {
            foreach (var line in chunk)
            {
                number++;
                var fields = line.Split('\t');
                var amount = 1f;
                if (fields.Length is 2 or 3
                    && (fields.Length == 2
                        || (float.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out amount)
                            && amount > 0 && float.IsFinite(amount))))
                {
                    yield return new Interaction(fields[0], fields[1], amount);
                }
                else if (!string.IsNullOrWhiteSpace(line))
                {
                    job.Terminal.Skip($"{lines.Name} line {number} is not a user, an item and an amount above 0 with tabs between.");
                }
            }
        }
    }

    private static void Write(IReadOnlyList<RecommendedItem> items, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(items.Count, (writer, i) =>
            {
                writer.WriteString("item", items[i].Name);
                writer.WriteNumber("score", items[i].Score);
            });
            return;
        }

        foreach (var (name, score) in items)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score,7:F4}  {Visible.Of(name)}"));
        }
    }
}
