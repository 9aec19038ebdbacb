using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile models quantize MODEL --out DIR: quantizes a transformer to int8 and measures the loss.</summary>
internal static class ModelsQuantizeVerb
{
    private const int MostTexts = 1000;

    private sealed record Options(string Model, string Out, string? Text, bool Json);

    public static Command Create(Job job)
    {
        var model = new ModelArgument("A transformer, by name or folder.", isRequired: true);
        var folder = new Option<string>("--out", "-o") { Description = "The folder to write.", HelpName = "DIR", Required = true };
        var text = new Option<string?>("--text")
        {
            Description = $"A file of texts, one per line, to measure the loss on (the first {MostTexts}).",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json(
            "Print {\"path\",\"matrices\",\"bytes\",\"bytes_before\",\"texts\",\"mean_cosine\",\"lowest_cosine\",\"correlation\","
            + "\"speed\"}.");
        var verb = new Verb(
            "quantize",
            "Quantizes the matrices of a transformer to bytes: about twice as fast. Reports the loss.",
            "simile models quantize ./all-MiniLM-L6-v2 --out ./minilm-int8",
            "simile models quantize ./all-MiniLM-L6-v2 --out ./minilm-int8 --text sentences.txt --json")
        { folder, text, json };
        model.AddTo(verb);
        verb.SetAction(
            parsed => Run(new Options(model.Of(parsed), parsed.GetValue(folder)!, parsed.GetValue(text), parsed.GetValue(json)), job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        var texts = options.Text is null ? SampleTexts.All : Read(options.Text, job);
        var model = HubCache.Locate(options.Model);
        using var progress = job.Terminal.Progress("tensors");
        var made = ModelQuantizer.Quantize(model, options.Out, new Tensors(progress), job.Stop);
        var loss = made.EmbedsTexts ? Measure(model, options.Out, texts, job.Stop) : null;
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer => WriteJson(writer, made, loss));
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{made.Folder}: {made.Matrices:N0} matrices quantized, {made.Bytes / 1e6:N1} MB of weights "
                + $"(were {made.BytesBefore / 1e6:N1} MB)"));
            if (loss is not null)
            {
                job.Terminal.WriteLine(Sentence(loss));
            }
        }

        return ExitCode.Done;
    }

    private static QuantizationLoss Measure(string model, string quantized, IReadOnlyList<string> texts, CancellationToken stop)
    {
        using var original = TextEmbedder.Load(model);
        using var bytes = TextEmbedder.Load(quantized);
        return QuantizationLoss.Measure(original, bytes, texts, stop);
    }

    private static List<string> Read(string file, Job job)
    {
        using var lines = TextInput.Open(file, job.Terminal);
        var texts = lines.ReadChunk(MostTexts, job.Stop);
        return texts.Count >= 2
            ? texts
            : throw new InvalidDataException($"{file} has {texts.Count} lines: two or more are needed to measure the loss.");
    }

    private static string Sentence(QuantizationLoss loss) => string.Create(
        CultureInfo.InvariantCulture,
        $"On {loss.Texts:N0} texts: cosine with the original's vectors {loss.MeanCosine:F4} on average, {loss.LowestCosine:F4} at worst; "
        + $"similarities correlate by {loss.Correlation:F4}; {loss.Speed:F1} times as fast.");

    private static void WriteJson(System.Text.Json.Utf8JsonWriter writer, QuantizationResult made, QuantizationLoss? loss)
    {
        writer.WriteString("path", made.Folder);
        writer.WriteNumber("matrices", made.Matrices);
        writer.WriteNumber("bytes", made.Bytes);
        writer.WriteNumber("bytes_before", made.BytesBefore);
        if (loss is not null)
        {
            writer.WriteNumber("texts", loss.Texts);
            writer.WriteNumber("mean_cosine", loss.MeanCosine);
            writer.WriteNumber("lowest_cosine", loss.LowestCosine);
            writer.WriteNumber("correlation", loss.Correlation);
            writer.WriteNumber("speed", loss.Speed);
        }
    }

    private sealed class Tensors(ProgressLine line) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => line.Report("writing", value.Done, value.Total);
    }
}
