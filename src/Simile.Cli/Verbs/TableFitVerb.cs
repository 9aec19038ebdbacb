using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simile.Models.Tables;

namespace Simile.Cli;

/// <summary>simile table fit TABLE --out MODEL: what turns rows into vectors, fitted once.</summary>
internal static class TableFitVerb
{
    public static Command Create(Job job)
    {
        var table = new TableInput();
        var columns = new Option<string[]>("--column", "-c")
        {
            Description = "What a column is, in the place of what its values look like: NAME=KIND(options), "
                + "such as 'age=number(robust,weight=2)', 'size=ordinal(small<medium<large)', 'city=hashed(64)', 'id=ignored'; "
                + "may be given several times.",
            HelpName = UsageError.Text,
            DefaultValueFactory = _ => [],
        };
        columns.Validators.Add(result => Check(result, columns));
        var output = new Option<string>("--out", "-o") { Description = "The model folder to write.", HelpName = "FOLDER", Required = true };
        var json = CommonOptions.Json("Print {\"path\",\"rows\",\"dimensions\",\"columns\"}.");
        var verb = new Verb(
            "fit",
            "Fits what turns the rows of a table into vectors, and writes it as a model folder.",
            "simile table fit people.csv --out people.model",
            "simile table fit people.csv --out people.model --column 'age=number(robust)' --column 'name=ignored'")
        { columns, output, json };
        table.AddTo(verb);
        verb.SetAction(parsed => Run(
            table,
            parsed,
            [.. parsed.GetValue(columns)!.Select(ColumnOptions.Parse)],
            parsed.GetValue(output)!,
            parsed.GetValue(json),
            job));
        return verb;
    }

    private static void Check(OptionResult result, Option<string[]> columns)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.Length > 0))
        {
            try
            {
                _ = ColumnOptions.Parse(token.Value);
            }
            catch (ArgumentException e)
            {
                result.AddError($"{columns.Name}: {Failures.Sentence(e)}");
            }
        }
    }

    private static int Run(TableInput input, ParseResult parsed, ColumnOptions[] given, string output, bool asJson, Job job)
    {
        _ = OutputFolder.Require(output);
        using var table = input.Open(parsed);
        if (given.FirstOrDefault(column => !table.Columns.Contains(column.Name)) is { } unknown)
        {
            throw new ArgumentException(
                $"The table has no column \"{unknown.Name}\": 'simile table describe {table.Path}' shows those that it has.");
        }

        var guessed = TableDescription.Of(table.Columns, table.Rows(), job.Stop);
        ColumnOptions[] options = [.. guessed.Options.Select(column => given.LastOrDefault(each => each.Name == column.Name) ?? column)];
        using var progress = job.Terminal.Progress("rows", guessed.Rows);
        using var model = TableEmbedder.Fit(table.Columns, table.Rows(), options, new Offset(progress, 0), job.Stop);
        model.Save(output);
        TableInput.ReportSkipped(table, job.Terminal);
        if (asJson)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", output);
                writer.WriteNumber("rows", guessed.Rows);
                writer.WriteNumber("dimensions", model.Dimensions);
                writer.WriteStartObject("columns");
                foreach (var column in options)
                {
                    writer.WriteString(column.Name, column.Kind.ToString().ToLowerInvariant());
                }

                writer.WriteEndObject();
            });
            return ExitCode.Done;
        }

        job.Terminal.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{output}: {guessed.Rows:N0} rows fitted, {model.Dimensions:N0} dimensions of {model.Columns.Count:N0} columns"));
        foreach (var column in options)
        {
            job.Terminal.WriteLine($"  {Visible.Of(column.Name)}: {column.Kind.ToString().ToLowerInvariant()}");
        }

        return ExitCode.Done;
    }
}
