using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models.Tables;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile table describe TABLE: the columns, and what they are taken for.</summary>
internal static class TableDescribeVerb
{
    public static Command Create(Job job)
    {
        var table = new TableInput();
        var json = CommonOptions.Json("Print {\"column\",\"kind\",\"reason\",\"values\",\"missing\",\"distinct\",\"examples\"} a line.");
        var verb = new Verb("describe", "Shows the columns of a table, "
            + "and what each is "
            + "taken for.", "simile table describe people.csv", "simile table describe sales.xlsx --sheet 2026 --json") { json };
        table.AddTo(verb);
        verb.SetAction(parsed => Run(table, parsed, parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(TableInput input, ParseResult parsed, bool asJson, Job job)
    {
        using var table = input.Open(parsed);
        var description = TableDescription.Of(table.Columns, table.Rows(), job.Stop);
        TableInput.ReportSkipped(table, job.Terminal);
        if (asJson)
        {
            new JsonLines(job.Terminal.Output)
                .Write(description.Columns.Count, (writer, row) => WriteJson(writer, description.Columns[row]));
            return ExitCode.Done;
        }

        job.Terminal.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{table.Path}: {description.Rows:N0} rows, {table.Columns.Count:N0} columns"));
        job.Terminal.Write(Describe(description));
        return ExitCode.Done;
    }

    private static void WriteJson(Utf8JsonWriter writer, ColumnDescription column)
    {
        writer.WriteString("column", column.Name);
        writer.WriteString("kind", column.Kind.ToString().ToLowerInvariant());
        writer.WriteString("reason", column.Reason);
        writer.WriteNumber("values", column.Count);
        writer.WriteNumber("missing", column.Missing);
        if (column.Distinct is { } distinct)
        {
            writer.WriteNumber("distinct", distinct);
        }
        else
        {
            writer.WriteNull("distinct");
        }

        if (column.Range is { } range)
        {
            writer.WriteNumber("min", range.Least);
            writer.WriteNumber("mean", range.Mean);
            writer.WriteNumber("max", range.Greatest);
        }

        writer.WriteStartArray("examples");
        foreach (var example in column.Examples)
        {
            writer.WriteStringValue(example);
        }

        writer.WriteEndArray();
    }

    private static Table Describe(TableDescription description)
    {
        var shown = new Table { Border = TableBorder.None }
            .AddColumns(
                "[bold]column[/]", "[bold]taken for[/]", "[bold]missing[/]", "[bold]distinct[/]", "[bold]examples[/]", "[bold]why[/]");
        foreach (var column in description.Columns)
        {
            var examples = column.Range is { } range
                ? string.Create(CultureInfo.InvariantCulture, $"{range.Least:G6} … {range.Greatest:G6}, mean {range.Mean:G6}")
                : string.Join(", ", column.Examples);
            shown.AddRow(
                new Text(column.Name),
                new Text(column.Kind.ToString().ToLowerInvariant()),
                new Text(column.Missing.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(column.Distinct?.ToString("N0", CultureInfo.InvariantCulture) ?? "> 1,000"),
                new Text(Visible.Of(examples)),
                new Text(column.Reason));
        }

        return shown;
    }
}
