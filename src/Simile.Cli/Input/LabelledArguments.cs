using System.CommandLine;
using Simile.Analyses;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>Items with classes: what analyses read, with --labels, or a table of texts with a column of classes.</summary>
internal sealed class LabelledArguments
{
    public AnalysisArguments Input { get; } = new();

    public Option<string?> Text { get; } = new("--text") { Description = "PATH is one table (.csv, .tsv, .xlsx, .parquet, .jsonl): the column of its texts.", HelpName = "COLUMN" };

    public Option<string?> Label { get; } = new("--label") { Description = "The column of the table's classes.", HelpName = "COLUMN" };

    /// <summary>Adds them to a verb; the paths are added by itself.</summary>
    public void AddTo(Verb verb)
    {
        verb.Add(Text);
        verb.Add(Label);
        Input.AddTo(verb);
        verb.Check(result => result.GetValue(Text) is null != result.GetValue(Label) is null ? "--text and --label name two columns of a table: give both."
            : result.GetValue(Text) is not null && result.GetValue(Input.Labels) is not null ? "--label is a column of a table: leave --labels away." : null);
    }

    /// <summary>Reads and embeds the items.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="job">The run.</param>
    /// <param name="model">The model where --model is not given; null for the default.</param>
    public AnalyzedVectors Read(ParseResult parsed, Job job, string? model = null) =>
        parsed.GetValue(Text) is { } text ? ReadTable(parsed.GetValue(Input.Paths)!, text, parsed.GetValue(Label)!, Input.ModelOf(parsed, model), job)
        : Input.Read(parsed, job, out _, model);

    private static AnalyzedVectors ReadTable(string[] paths, string text, string label, string model, Job job)
    {
        _ = new GivenPaths(paths);
        if (paths is not [var path] || !TableReader.IsTable(path))
        {
            throw new ArgumentException($"--text and --label are columns of one table, whose name ends in {string.Join(", ", TableReader.Endings)}, not of {string.Join(", ", paths)}.");
        }

        using var table = TableReader.Open(path);
        using var progress = job.Terminal.Progress("texts");
        var vectors = LabelledTable.Embed(table, text, label, model, progress, job.Stop);
        TableInput.ReportSkipped(table, job.Terminal);
        return vectors;
    }
}
