using System.CommandLine;
using Simile.Analyses;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>Items with classes: what analyses read, with --labels, or a table of texts with a column of classes.</summary>
internal sealed class LabelledArguments(Option<string[]>? models = null)
{
    public AnalysisArguments Input { get; } = new() { Models = models };

    public Option<string?> Text { get; } = new("--text")
    {
        Description = "PATH is one table (.csv, .tsv, .xlsx, .parquet, .jsonl): the column of its texts.",
        HelpName = "COLUMN",
    };

    public Option<string?> Label { get; } = new("--label") { Description = "The column of the table's classes.", HelpName = "COLUMN" };

    /// <summary>Adds the options to a verb. The verb adds the argument of paths itself.</summary>
    public void AddTo(Verb verb)
    {
        verb.Add(Text);
        verb.Add(Label);
        Input.AddTo(verb);
        verb.Check(result =>
            result.GetValue(Text) is null != result.GetValue(Label) is null ? "--text and --label name two columns of a table: give both."
            : result.GetValue(Text) is not null && result.GetValue(Input.Labels) is not null
                ? "--label is a column of a table: leave --labels away."
            : null);
    }

    /// <summary>Reads and embeds the items.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="job">The run.</param>
    /// <param name="model">The model where --model is not given; null for the default.</param>
    public AnalyzedVectors Read(ParseResult parsed, Job job, string? model = null) =>
        Read(parsed, job, parsed.GetValue(Input.Paths)!, parsed.GetValue(Input.Labels), model);

    /// <summary>Reads and embeds items at other paths than those of the command line, with other labels.</summary>
    public AnalyzedVectors Read(ParseResult parsed, Job job, string[] paths, string? labels, string? model = null) =>
        parsed.GetValue(Text) is { } text ? ReadTable(paths, text, parsed.GetValue(Label)!, Input.ModelOf(parsed, model), job)
        : Input.Read(parsed, job, new GivenPaths(paths), labels, model);

    /// <summary>Reads and embeds the texts of a table.</summary>
    /// <param name="paths">One table.</param>
    /// <param name="text">The column of its texts.</param>
    /// <param name="label">The column of its classes; null for none.</param>
    /// <param name="model">The model.</param>
    /// <param name="job">The run.</param>
    public static AnalyzedVectors ReadTable(string[] paths, string text, string? label, string model, Job job)
    {
        _ = new GivenPaths(paths);
        if (paths is not [var path] || !TableReader.IsTable(path))
        {
            throw new ArgumentException(
                $"{(label is null ? "--text is a column" : "--text and --label are columns")} of one table, "
                + $"whose name ends in {string.Join(", ", TableReader.Endings)}, not of {string.Join(", ", paths)}.");
        }

        using var table = TableReader.Open(path);
        using var progress = job.Terminal.Progress("texts");
        var vectors = LabelledTable.Embed(table, text, label, model, progress, job.Stop);
        TableInput.ReportSkipped(table, job.Terminal);
        return vectors;
    }
}
