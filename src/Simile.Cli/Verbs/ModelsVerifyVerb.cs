using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models;
using Simile.Models.Verification;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>simile models verify [MODEL]: compares a model with its published values.</summary>
internal static class ModelsVerifyVerb
{
    public static Command Create(Job job)
    {
        var name = new ModelArgument("A model by name or folder.", isRequired: false);
        var hashes = new Option<string?>("--hashes") { Description = "Hashes of its files in the format of sha256sum.", HelpName = "FILE" };
        var against = new Option<string?>("--against")
        {
            Description = "Tokens, pixels, features and vectors from your own reference, one JSON object per line.",
            HelpName = "FILE",
        };
        var tolerance = CommonOptions.Number(
            "--tolerance",
            "The largest difference allowed between two numbers.",
            new VerificationOptions().Tolerance,
            "a number of at least 0",
            number => number >= 0);
        var json = CommonOptions.Json("Print {\"what\",\"expected\",\"got\",\"difference\",\"verdict\"} a line.");
        var verb = new Verb(
            "verify",
            "Compares a model's files, tokens, pixels, features and vectors with published values.",
            "simile models verify",
            "simile models verify ./all-MiniLM-L6-v2 --hashes SHA256SUMS --against reference.jsonl")
        { hashes, against, tolerance, json };
        name.AddTo(verb);
        verb.SetAction(parsed => Run(
            HubCache.Locate(name.Of(parsed)),
            new VerificationOptions
            {
                HashFile = parsed.GetValue(hashes),
                ReferenceFile = parsed.GetValue(against),
                Tolerance = parsed.GetValue(tolerance),
            },
            parsed.GetValue(json),
            job.Terminal));
        return verb;
    }

    private static int Run(string model, VerificationOptions options, bool asJson, Terminal terminal)
    {
        var checks = ModelVerifier.Verify(model, options);
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(checks.Count, (writer, row) => WriteJson(writer, checks[row]));
        }
        else
        {
            terminal.Write(Table(checks));
        }

        return Judge(model, checks, terminal);
    }

    private static int Judge(string model, IReadOnlyList<ModelCheck> checks, Terminal terminal)
    {
        var (same, different) =
            (checks.Count(check => check.Verdict == CheckVerdict.Same), checks.Count(check => check.Verdict == CheckVerdict.Different));
        if (different > 0)
        {
            terminal.Say(
                $"{model} is not what it should be: {different} of {same + different} comparisons failed. "
                + "Download it again, or check the source of the files and of the reference.");
        }
        else if (same == 0)
        {
            terminal.Say($"There are no known values for {model}: give --hashes or --against.");
        }

        return different > 0 || same == 0 ? ExitCode.Failure : ExitCode.Done;
    }

    private static void WriteJson(Utf8JsonWriter writer, ModelCheck check)
    {
        writer.WriteString("what", check.What);
        writer.WriteString("expected", check.Expected);
        writer.WriteString("got", check.Got);
        if (check.Difference is { } difference && double.IsFinite(difference))
        {
            writer.WriteNumber("difference", difference);
        }
        else
        {
            writer.WriteNull("difference");
        }

        writer.WriteString("verdict", Word(check.Verdict));
    }

    private static Table Table(IReadOnlyList<ModelCheck> checks)
    {
        var table = new Table { Border = TableBorder.None }
            .AddColumns("[bold]what[/]", "[bold]expected[/]", "[bold]got[/]", "[bold]difference[/]", "[bold]verdict[/]");
        foreach (var check in checks)
        {
            var style = check.Verdict switch
            {
                CheckVerdict.Same => new Style(Color.Green),
                CheckVerdict.Different => new Style(Color.Red),
                _ => Style.Plain,
            };
            table.AddRow(
                new Text(Visible.Of(check.What)),
                new Text(Visible.Of(check.Expected)),
                new Text(Visible.Of(check.Got)),
                new Text(check.Difference?.ToString("0.0e+0", CultureInfo.InvariantCulture) ?? string.Empty),
                new Text(Word(check.Verdict), style));
        }

        return table;
    }

    private static string Word(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Same => "same",
        CheckVerdict.Different => "DIFFERENT",
        _ => "unknown",
    };
}
