using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile words classify [FILE|-] --model F.bin: labels of lines of text, by a classifier in fastText's form.</summary>
internal static class WordsClassifyVerb
{
    private const int LinesAtOnce = 4096;

    public static Command Create(Job job)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A file of lines, - for standard input.",
            DefaultValueFactory = _ => "-",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var model = new Option<string>("--model", "-m")
        {
            Description = "A classifier that 'words supervised' or fastText's supervised mode made.",
            HelpName = "F.bin",
            Required = true,
        };
        var top = CommonOptions.Count("--top", "How many labels of each line, most probable first.", 1);
        top.Aliases.Add("-k");
        var json = CommonOptions.Json("Print {\"text\",\"labels\"} a line, of each label {\"label\",\"probability\"}.");
        var verb = new Verb(
            "classify", "Names the labels that suit each line of text best.", "simile words classify questions.txt --model topics.bin -k 3")
        {
            file, model, top, json,
        };
        verb.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(model)!, parsed.GetValue(top), parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(string file, string model, int top, bool asJson, Job job)
    {
        using var classifier = FastTextClassifier.Load(model);
        using var lines = TextInput.Open(file, job.Terminal);
        while (lines.ReadChunk(LinesAtOnce, job.Stop) is { Count: > 0 } chunk)
        {
            var labels = chunk.AsParallel().AsOrdered().Select(line => classifier.Predict(line, top)).ToArray();
            if (asJson)
            {
                WriteJson(chunk, labels, job.Terminal);
                continue;
            }

            foreach (var answer in labels)
            {
                job.Terminal.WriteLine(string.Join("  ", answer.Select(
                    label => string.Create(CultureInfo.InvariantCulture, $"{Visible.Of(label.Label)} {label.Probability:F4}"))));
            }
        }

        TextInput.ReportRepairs(lines, job.Terminal);
        return ExitCode.Done;
    }

    private static void WriteJson(List<string> texts, IReadOnlyList<LabelProbability>[] labels, Terminal terminal) =>
        new JsonLines(terminal.Output).Write(texts.Count, (writer, i) =>
        {
            writer.WriteString("text", texts[i]);
            writer.WriteStartArray("labels");
            foreach (var (label, probability) in labels[i])
            {
                writer.WriteStartObject();
                writer.WriteString("label", label);
                writer.WriteNumber("probability", probability);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
}
