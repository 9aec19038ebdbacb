using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simile.Embedding;
using Simile.Models;
using Simile.Models.Features;
using Simile.Models.Tables;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>simile embed [FILE|-]: one vector per line of text, or per picture or sound file.</summary>
internal static partial class EmbedVerb
{
    private const int LinesPerChunk = 4096;

    private sealed record Options(
        string[] Files,
        string[] Texts,
        string Model,
        string? Prompt,
        string? Layer,
        bool Tokens,
        (int Width, int Height)? Pixels,
        bool Gray,
        string? Out,
        bool Json);

    public static Command Create(Job job)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A file of UTF-8 lines; - or none for standard input; or picture and sound files.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => ["-"],
        };
        var texts = new Option<string[]>("--text", "-t")
        {
            Description = "A text instead of a file. Repeatable.",
            HelpName = UsageError.Text,
            DefaultValueFactory = _ => [],
        };
        var model = CommonOptions.Model();
        var resize = CommonOptions.Resize();
        var prompt = new Option<string?>("--prompt")
        {
            Description = "One of the model's prompts, put in front of every text.",
            HelpName = "NAME",
        };
        var layer = new Option<string?>("--layer")
        {
            Description = "Take the vectors of an inner layer, such as hidden_states.3, in the place of the last one; "
                + "of pictures, also such as layer3 or logits.",
            HelpName = "NAME",
        };
        var tokens = new Option<bool>("--tokens")
        {
            Description = "The vector of each token with its place, {\"row\",\"token\",\"start\",\"end\",\"vector\"} a line, "
                + "in the place of one for the whole text.",
        };
        var pixels = PixelSize();
        var gray = new Option<bool>("--gray", "--grey")
        {
            Description = "With --pixels: one gray level per pixel instead of red, green and blue.",
        };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Write a file of vectors instead of lines. "
                + "The extension decides the format: .npy, .fvecs, .parquet, .jsonl, .csv or .tsv.",
            HelpName = "FILE",
        };
        CommonOptions.RequireEnding(output, "files of vectors", [.. VectorFile.Writable]);
        var json = CommonOptions.Json("Lines are JSON as they are; with --out, print its path, count and dimensions.");
        var verb = new Verb(
            "embed",
            "Embeds each line of text: one line {\"text\",\"vector\"} each, in order; "
            + "each picture or sound: {\"path\",\"kind\",\"vector\"}.",
            "simile embed questions.txt > vectors.jsonl",
            "simile embed --text 'a bird that cannot fly' --text 'penguin'",
            "simile embed questions.txt --out vectors.npy",
            "simile embed photos/*.jpg --out photos.npy --model ./resnet-50",
            "simile embed digits/*.png --pixels 28x28 --gray --out digits.npy",
            "simile embed --text 'a bank of the river' --tokens --model ./all-MiniLM-L6-v2",
            "echo 'a bird that cannot fly' | simile embed --model ./all-MiniLM-L6-v2")
        { files, texts, model, resize, prompt, layer, tokens, pixels, gray, output, json };
        verb.Check(result => (result.GetValue(files)!, result.GetValue(texts)!) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) when result.GetResult(files) is { Implicit: false } =>
                "embed takes files, or texts with --text, and not both.",
            ({ Length: > 1 } names, _)
                when result.GetValue(pixels) is null && !names.Any(MediaInputs.IsMedia)
                    && !(result.GetValue(model) is { } name && FeatureModel.Is(name)) =>
                "embed takes one file of lines, or files of pictures and sounds; words themselves are given with --text.",
            _ when result.GetValue(tokens)
                && (result.GetValue(pixels) is not null || result.GetValue(output) is not null || result.GetValue(prompt) is not null) =>
                "--tokens is for texts, and its answers are lines: leave --pixels, --out and --prompt away.",
            _ when result.GetValue(gray) && result.GetValue(pixels) is null =>
                "--gray is for --pixels: a network takes its pictures as it was trained to.",
            _ when result.GetValue(layer) is not null && result.GetValue(pixels) is not null =>
                "--pixels needs no network, and so no --layer.",
            _ => null,
        });
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(files)!,
                parsed.GetValue(texts)!,
                ModelInput.Resized(parsed.GetValue(model)!, parsed.GetValue(resize)),
                parsed.GetValue(prompt),
                parsed.GetValue(layer),
                parsed.GetValue(tokens),
                parsed.GetValue(pixels),
                parsed.GetValue(gray),
                parsed.GetValue(output),
                parsed.GetValue(json)),
            job));
        return verb;
    }

    private static Option<(int Width, int Height)?> PixelSize()
    {
        const int Most = 1024;
        return new("--pixels")
        {
            Description = "Use the pixels of pictures in this size as the vector, row by row, each 0 to 255, without a model.",
            HelpName = "WIDTHxHEIGHT",
            CustomParser = result =>
            {
                var word = result.Tokens is [{ Value: var value }] ? value : string.Empty;
                if (word.Split('x', 'X', '×') is [var columns, var rows]
                    && TryParse(columns, out var width) && TryParse(rows, out var height))
                {
                    return (width, height);
                }

                result.AddError($"--pixels takes two numbers from 1 to {Most} separated by an x, such as 28x28, not '{word}'.");
                return null;
            },
        };

        static bool TryParse(string word, out int size) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= Most;
    }

    private static int Run(Options options, Job job)
    {
        if (options.Pixels is not null)
        {
            return EmbedPixels(options, job);
        }

        if (TableEmbedder.IsTable(options.Model))
        {
            return EmbedTable(options, job);
        }

        if (FeatureModel.Is(options.Model))
        {
            return EmbedFeatures(options, job);
        }

        if (options.Files.Any(MediaInputs.IsMedia))
        {
            return EmbedFiles(options, job);
        }

        using var lines = options.Texts.Length > 0 ? null : TextInput.Open(options.Files[0], job.Terminal, forWords: "simile embed --text");
        if (options.Tokens)
        {
            return EmbedTokens(lines, options, job);
        }

        using var embedder = ModelInput.Load(options.Model, options.Layer);
        if (options.Out is null)
        {
            Stream(lines, embedder, options, job);
        }
        else
        {
            Save(lines, embedder, options, job);
        }

        if (lines is not null)
        {
            TextInput.ReportRepairs(lines, job.Terminal);
        }

        return ExitCode.Done;
    }

    private static void Stream(LineReader? lines, TextEmbedder embedder, Options options, Job job)
    {
        var json = new JsonLines(job.Terminal.Output);
        PipelinedWriter.Write(Chunks(lines, embedder, options, job), chunk =>
        {
            json.Write(chunk.Texts.Count, (writer, row) => WriteRow(writer, chunk.Texts[row], chunk.Vectors[row]));
            job.Terminal.Output.Flush();
        });
    }

    private static void WriteRow(Utf8JsonWriter writer, string text, ReadOnlySpan<float> vector)
    {
        writer.WriteString("text", text);
        WriteVector(writer, vector);
    }

    private static void WriteVector(Utf8JsonWriter writer, ReadOnlySpan<float> vector)
    {
        writer.WriteStartArray("vector");
        foreach (var number in vector)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static void Save(LineReader? lines, TextEmbedder embedder, Options options, Job job)
    {
        using var file = VectorWriter.Create(options.Out!, embedder.Dimensions);
        foreach (var (texts, vectors) in Chunks(lines, embedder, options, job))
        {
            file.Append(new VectorSet(vectors) { Texts = texts });
        }

        Finish(file, embedder.Dimensions, options, job);
    }

    private static void Finish(VectorWriter file, int dimensions, Options options, Job job)
    {
        file.Finish();
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", options.Out);
                writer.WriteNumber("count", file.Count);
                writer.WriteNumber("dimensions", dimensions);
            });
        }
        else
        {
            job.Terminal.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{options.Out}: {file.Count:N0} vectors of {dimensions} dimensions"));
        }
    }

    private static IEnumerable<(List<string> Texts, VectorMatrix Vectors)> Chunks(
        LineReader? lines, TextEmbedder embedder, Options options, Job job)
    {
        using var progress = job.Terminal.Progress("texts");
        var done = 0L;
        foreach (var texts in lines is null ? [[.. options.Texts]] : Read(lines, job.Stop))
        {
            var before = done;
            var embedded = embedder.EmbedWithUsage(texts, options.Prompt, new Offset(progress, before), job.Stop);
            job.Terminal.CutTexts += embedded.CutTexts.Count;
            yield return (texts, embedded.Vectors);
            done += texts.Count;
        }
    }

    private static IEnumerable<List<string>> Read(LineReader lines, CancellationToken stop)
    {
        while (lines.ReadChunk(LinesPerChunk, stop) is { Count: > 0 } texts)
        {
            yield return texts;
        }
    }
}
