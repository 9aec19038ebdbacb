using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simile.Analyses;
using Simile.Analysis;
using Simile.Index;

namespace Simile.Cli;

/// <summary>The options of recommend by examples, and what they do.</summary>
/// <param name="paths">What is chosen from.</param>
internal sealed class RecommendExamples(Argument<string[]> paths)
{
    private readonly AnalysisArguments _input = new();
    private readonly Option<string[]> _like = Examples(
        "--like", "Recommend what is like this: a path, a text, or of a file of vectors a row or id. Repeatable.");
    private readonly Option<string[]> _unlike = Examples("--not-like", "Recommend what is unlike this. Repeatable.");

    private readonly Option<RecommendStrategy> _strategy = CommonOptions.Choice(
        "--strategy",
        "How examples become a score: their mean, the closest example, or a line that separates them from the others.",
        RecommendStrategy.Average);

    private readonly Option<double> _diversity = CommonOptions.Number(
        "--diversity",
        "How much recommended items shall differ from each other, 0 to 1 (maximal marginal relevance).",
        0,
        "a number from 0 to 1",
        value => value is >= 0 and <= 1);

    private readonly Option<string?> _exclude = new("--exclude")
    {
        Description = "A file with a path, row or id a line that is not recommended: what was seen.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _label = new("--label")
    {
        Description = "Recommend only items of this class (with --labels). Repeatable.",
        HelpName = "CLASS",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Verb verb)
    {
        foreach (var option in new Option[] { _like, _unlike, _strategy, _diversity, _exclude, _label })
        {
            verb.Add(option);
        }

        _input.AddTo(verb, except: _input.Model);
    }

    public bool AreGiven(CommandResult result) => result.GetValue(_like) is { Length: > 0 };

    /// <summary>What is wrong where examples are not given; null for nothing.</summary>
    public string? Complaint(CommandResult result)
    {
        // A value of a wrong form throws here and is reported first.
        _ = (result.GetValue(_strategy), result.GetValue(_diversity), result.GetValue(_input.Seed));
        Option[] own =
        [
            _unlike, _strategy, _diversity, _exclude, _label,
            _input.Kinds, _input.Labels, _input.Metric, _input.Seed, _input.Resize, _input.NoCache,
        ];
        return Array.Find(own, option => result.GetResult(option) is { Implicit: false }) is { } given
            ? $"{given.Name} needs at least one --like."
            : null;
    }

    public int Run(ParseResult parsed, string? model, int count, bool asJson, Job job)
    {
        var given = new GivenPaths(parsed.GetValue(paths)!);
        var items = _input.Read(parsed, job, given, parsed.GetValue(_input.Labels), model ?? CommonOptions.DefaultModel);
        if (parsed.GetValue(_input.Metric) is { } metric)
        {
            items = items with { Metric = metric };
        }

        using var recommender = new ItemRecommender(items);
        var options = new RecommendOptions
        {
            Count = count,
            Strategy = parsed.GetValue(_strategy),
            Diversity = parsed.GetValue(_diversity),
            Seen = parsed.GetValue(_exclude) is { } file ? Seen(file, recommender, job.Terminal) : [],
            Filter = OfLabels(items, parsed.GetValue(_label)!),
            Seed = parsed.GetValue(_input.Seed),
        };
        var hits = Job.Wait(recommender.RecommendAsync(parsed.GetValue(_like)!, parsed.GetValue(_unlike)!, options, job.Stop));
        Print(items, hits, given, asJson, job.Terminal);
        return ExitCode.Done;
    }

    private static Option<string[]> Examples(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PATH|WORDS",
        DefaultValueFactory = _ => [],
    };

    private static int[] Seen(string file, ItemRecommender recommender, Terminal terminal)
    {
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"The file {file} does not exist: it names what is left out, a path, row or id a line.");
        }

        var lines = FileContent.ReadText(file).Split('\n').Select(line => line.TrimEnd('\r'));
        string[] words = [.. lines.Where(line => !string.IsNullOrWhiteSpace(line))];
        int[] rows = [.. words.Select(recommender.Find).OfType<int>()];
        if (rows.Length < words.Length)
        {
            terminal.Say($"{words.Length - rows.Length:N0} of {words.Length:N0} lines of {file} name no item.");
        }

        return rows;
    }

    private static IdFilter? OfLabels(AnalyzedVectors items, string[] labels)
    {
        if (labels is [])
        {
            return null;
        }

        var classes = items.RequireLabels();
        return labels.FirstOrDefault(label => !classes.Contains(label)) is { } unknown
            ? throw new ArgumentException($"No item has the label '{unknown}'.")
            : IdFilter.Of(items.Count, Enumerable.Range(0, items.Count).Where(row => labels.Contains(classes[row])));
    }

    private static void Print(AnalyzedVectors items, IReadOnlyList<Hit> hits, GivenPaths paths, bool asJson, Terminal terminal)
    {
        if (!asJson)
        {
            foreach (var (rank, hit) in hits.Index())
            {
                var score = terminal.Dim(hit.Score.ToString("F3", CultureInfo.InvariantCulture));
                terminal.WriteLine($"{rank + 1,2}  {score}  {terminal.Bold(Visible.Of(ItemName.Of(items.Items[hit.Id], paths)))}");
            }

            return;
        }

        new JsonLines(terminal.Output).Write(hits.Count, (json, i) =>
        {
            var item = items.Items[hits[i].Id];
            ItemName.Write(json, item, paths);
            if (item.Kind is { } kind)
            {
                json.WriteString("kind", HitPrinter.Word(kind));
            }

            json.WriteNumber("score", hits[i].Score);
        });
    }
}
