using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile words evaluate FILE: word pairs with scores of people, or analogies, against the vectors.</summary>
internal static class WordsEvaluateVerb
{
    public static Command Create(Job job)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Word pairs with scores (WordSim-353, SimLex-999), or analogies (questions-words.txt).",
        };
        var model = WordsOptions.Model();
        var json =
            CommonOptions.Json("Print {\"spearman\",\"pearson\",\"pairs\",\"left_out\"}, or {\"section\",\"correct\",\"asked\"} a line.");
        var verb = new Verb("evaluate", "Measures word vectors against what people say of pairs of words, "
            + "or by analogies.", "simile words evaluate wordsim353.tsv --model glove.6B.100d.txt") { file, model, json };
        verb.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(model)!, parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(string file, string model, bool asJson, Job job)
    {
        using var vectors = WordsOptions.Load(model, job.Terminal);
        if (HasSections(file))
        {
            WriteAnalogies(vectors.EvaluateAnalogies(file, job.Stop), asJson, job.Terminal);
        }
        else
        {
            WritePairs(vectors.EvaluatePairs(file), asJson, job.Terminal);
        }

        return ExitCode.Done;
    }

    // The evaluation itself reports a file that cannot be read.
    private static bool HasSections(string file) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.Length > 0)?.StartsWith(':') == true;

    private static void WritePairs(WordPairEvaluation pairs, bool asJson, Terminal terminal)
    {
        if (pairs.Pairs == 0)
        {
            throw new InvalidDataException($"None of the {pairs.LeftOut:N0} pairs has two known words.");
        }

        if (!asJson)
        {
            var correlation = double.IsFinite(pairs.Spearman) && double.IsFinite(pairs.Pearson)
                ? string.Create(CultureInfo.InvariantCulture, $"Spearman {pairs.Spearman:F4}, Pearson {pairs.Pearson:F4}")
                : "No correlation: it needs two pairs with different scores and cosines";
            terminal.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{correlation}: {pairs.Pairs:N0} pairs, {pairs.LeftOut:N0} left out"));
            return;
        }

        new JsonLines(terminal.Output).Write(writer =>
        {
            WriteCorrelation(writer, "spearman", pairs.Spearman);
            WriteCorrelation(writer, "pearson", pairs.Pearson);
            writer.WriteNumber("pairs", pairs.Pairs);
            writer.WriteNumber("left_out", pairs.LeftOut);
        });
    }

    private static void WriteCorrelation(Utf8JsonWriter writer, string name, double correlation)
    {
        if (double.IsFinite(correlation))
        {
            writer.WriteNumber(name, correlation);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteAnalogies(AnalogyEvaluation analogies, bool asJson, Terminal terminal)
    {
        if (analogies.Asked == 0)
        {
            throw new InvalidDataException("There is no analogy of four known words.");
        }

        AnalogySection[] rows = asJson
            ? [.. analogies.Sections]
            : [.. analogies.Sections, new AnalogySection("all", analogies.Correct, analogies.Asked)];
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(rows.Length, (writer, i) =>
            {
                writer.WriteString("section", rows[i].Name);
                writer.WriteNumber("correct", rows[i].Correct);
                writer.WriteNumber("asked", rows[i].Asked);
            });
            return;
        }

        foreach (var (name, correct, asked) in rows)
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(double)correct / Math.Max(asked, 1),6:P1}  {correct,6:N0} of {asked,6:N0}  {name}"));
        }
    }
}
