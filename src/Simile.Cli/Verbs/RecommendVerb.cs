using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile recommend USER --model DIR: items for a user, or items like one; with train, the vectors behind it.</summary>
internal static class RecommendVerb
{
    public static Command Create(Job job)
    {
        var user = new Argument<string?>("USER") { Description = "The user to recommend items to.", Arity = ArgumentArity.ZeroOrOne };
        var item = new Option<string?>("--item")
        {
            Description = "Items that are most like this one, in the place of a user's.",
            HelpName = "ITEM",
        };
        var model = new Option<string?>("--model", "-m") { Description = "The folder that 'recommend train' wrote.", HelpName = "DIR" };
        var top = CommonOptions.Count("--top", "How many items, best first.", 10);
        top.Aliases.Add("-k");
        var seen = new Option<bool>("--seen") { Description = "Also items that the user knows already." };
        var json = CommonOptions.Json("Print {\"item\",\"score\"} a line.");
        var verb = new Verb(
            "recommend",
            "Recommends items to users by what users like them chose (alternating least squares).",
            "simile recommend train plays.tsv --out taste",
            "simile recommend anna --model taste -k 5",
            "simile recommend --item 'Blue Train' --model taste")
        { user, item, model, top, seen, json, TrainVerb(job) };
        verb.Check(result => (result.GetValue(user), result.GetValue(item), result.GetValue(top)) switch
        {
            (null, null, _) => "recommend takes a user, or --item.",
            ({ }, { }, _) => "A user and --item do not go together.",
            _ => result.GetValue(model) is null ? "recommend needs --model with the folder that 'recommend train' wrote." : null,
        });
        verb.SetAction(parsed =>
        {
            var taste = AlsRecommender.Load(parsed.GetValue(model)!);
            var found = parsed.GetValue(item) is { } like
                ? taste.Similar(like, parsed.GetValue(top))
                : taste.Recommend(parsed.GetValue(user)!, parsed.GetValue(top), parsed.GetValue(seen));
            Write(found, parsed.GetValue(json), job.Terminal);
            return ExitCode.Done;
        });
        return verb;
    }

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
