using System.CommandLine;
using System.Globalization;
using Simile.Index;
using Simile.Models.Tables;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>simile table search TABLE --model MODEL --row N: the rows that are like a row.</summary>
internal static class TableSearchVerb
{
    private const int RowsPerChunk = 4096;

    public static Command Create(Job job)
    {
        var table = new TableInput();
        var model = new Option<string?>("--model", "-m") { Description = "What 'simile table fit' wrote.", HelpName = "FOLDER" };
        var row = CommonOptions.OptionalCount("--row", "Look for what is like this row; the first one is 1.");
        var like = new Option<string[]>("--like")
        {
            Description = "Look for what is like a row of these values, COLUMN=VALUE; may be given several times; "
                + "columns that are not named are missing.",
            HelpName = UsageError.Text,
            DefaultValueFactory = _ => [],
        };
        var metric = CommonOptions.Choice("--metric", "How rows are compared; a score of l2 is minus the squared distance.", Metric.L2);
        var top = CommonOptions.Top();
        var json = CommonOptions.Json("Print {\"row\",\"score\",\"values\"} a line, best first.");
        var verb = new Verb(
            "search",
            "Finds the rows of a table that are like one of them, or like given values.",
            "simile table search people.csv --model people.model --row 12",
            "simile table search people.csv --model people.model --like age=40 --like city=oslo --top 10")
        { model, row, like, metric, top, json };
        table.AddTo(verb);
        verb.Check(result =>
            (result.GetValue(row), result.GetValue(metric), result.GetValue(top), result.GetValue(model)) is (_, _, _, null)
                ? "table search needs --model FOLDER, which 'simile table fit' writes."
            : (result.GetValue(row) is not null) == (result.GetValue(like)!.Length > 0)
                ? "table search takes one example: --row, or --like."
            : null);
        verb.SetAction(parsed => Run(
            table,
            parsed,
            parsed.GetValue(model)!,
            parsed.GetValue(row),
            parsed.GetValue(like)!,
            parsed.GetValue(metric),
            parsed.GetValue(top),
            parsed.GetValue(json),
            job));
        return verb;
    }

    /// <summary>The rows of a table with their vectors, some thousand at a time.</summary>
    public static IEnumerable<(string?[][] Rows, VectorMatrix Vectors)> Embed(TableEmbedder model, TableReader table, Job job)
    {
        using var progress = job.Terminal.Progress("rows");
        var done = 0;
        foreach (var rows in table.Rows().Chunk(RowsPerChunk))
        {
            yield return (rows, model.Embed(table.Columns, rows, job.Stop));
            done += rows.Length;
            progress.Report(done);
        }
    }

    private static int Run(
        TableInput input, ParseResult parsed, string folder, int? example, string[] like, Metric metric, int top, bool asJson, Job job)
    {
        using var table = input.Open(parsed);
        using var model = TableInput.Load(folder, table);
        using var index = new FlatIndex(metric, model.Dimensions);
        var rows = new List<string?[]>();
        foreach (var (some, vectors) in Embed(model, table, job))
        {
            rows.AddRange(some);
            index.Add(vectors, progress: null, job.Stop);
        }

        TableInput.ReportSkipped(table, job.Terminal);
        var query = example is { } number ? Row(rows, number) : Values(table.Columns, model.Columns, like);
        var hits = index.Search(model.Embed(table.Columns, [query], job.Stop)[0], Math.Min(top + 1, index.Count))
            .Where(hit => hit.Id != example - 1).Take(top).ToArray();
        Print(hits, rows, table.Columns, asJson, job.Terminal);
        return ExitCode.Done;
    }

    private static string?[] Row(List<string?[]> rows, int number) =>
        number <= rows.Count
            ? rows[number - 1]
            : throw new ArgumentException($"The table has {rows.Count:N0} rows, and no row {number:N0}.");

    private static string?[] Values(IReadOnlyList<string> columns, IReadOnlyList<ColumnOptions> options, string[] like)
    {
        var values = new string?[columns.Count];
        foreach (var word in like)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var place = equals < 1 ? -1 : columns.ToList().IndexOf(word[..equals]);
            values[place >= 0 ? place : throw new ArgumentException("--like takes COLUMN=VALUE with a column of the table, "
                + $"not '{word}'.")] = word[(equals + 1)..];
            Require(options.FirstOrDefault(column => column.Name == columns[place]), word, values[place]!);
        }

        return values;
    }

    // In a table such a value counts as missing; in a query it is a mistake.
    private static void Require(ColumnOptions? column, string word, string value)
    {
        if (column?.Kind == ColumnKind.Number
            && !(double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)))
        {
            throw new ArgumentException($"--like takes a number for the column {column.Name}, not '{word}'.");
        }
    }

    private static void Print(Hit[] hits, List<string?[]> rows, IReadOnlyList<string> columns, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(hits.Length, (writer, i) =>
            {
                writer.WriteNumber("row", hits[i].Id + 1);
                writer.WriteNumber("score", hits[i].Score);
                writer.WriteStartObject("values");
                for (var column = 0; column < columns.Count; column++)
                {
                    writer.WriteString(columns[column], rows[(int)hits[i].Id][column]);
                }

                writer.WriteEndObject();
            });
            return;
        }

        foreach (var hit in hits)
        {
            var values = string.Join(
                ", ",
                columns.Zip(rows[(int)hit.Id]).Where(cell => !string.IsNullOrEmpty(cell.Second))
                    .Select(cell => $"{cell.First}: {cell.Second}"));
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hit.Score:F3}  row {hit.Id + 1}  {Visible.Of(values)}"));
        }
    }
}
