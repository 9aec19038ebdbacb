using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simile.Tokenizers.Training;

namespace Simile.Cli;

/// <summary>simile tokenize --train KIND FILE… --out tokenizer.json: trains a vocabulary on files of text.</summary>
internal sealed class TokenizeTraining
{
    private const int LinesPerChunk = 4096;
    private readonly Option<TokenizerKind?> _kind = CommonOptions.OptionalChoice<TokenizerKind>(
        "--train", "Train a vocabulary on the lines of the files.");
    private readonly Option<int> _size = CommonOptions.Count(
        "--vocab-size", "With --train: number of tokens.", new TrainingOptions().VocabularySize);
    private readonly Option<int> _frequency = CommonOptions.Count(
        "--min-frequency", "With --train: minimum number of occurrences of a token.", new TrainingOptions().MinFrequency);
    private readonly Option<bool> _lowercase = new("--lowercase") { Description = "With --train: lowercase the texts." };
    private readonly Option<string?> _special = new("--special-tokens")
    {
        Description = "With --train: special tokens, separated by commas, instead of the usual ones.",
        HelpName = "A,B,…",
    };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "With --train: the tokenizer.json to write.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options of training to the verb.</summary>
    public void AddTo(Verb verb)
    {
        foreach (var option in new Option[] { _kind, _size, _frequency, _lowercase, _special, _out })
        {
            verb.Add(option);
        }

        verb.Check(result => (result.GetValue(_kind) is not null, result.GetValue(_out)) switch
        {
            (true, null) => "--train needs --out FILE for the vocabulary.",
            (false, { }) => "--out needs --train: without it, tokens go to standard output.",
            _ => null,
        });
    }

    /// <summary>Whether to train a vocabulary.</summary>
    public bool IsAsked(CommandResult parsed) => parsed.GetResult(_kind) is not null;

    public int Run(ParseResult parsed, string[] files, bool asJson, Job job)
    {
        var path = parsed.GetValue(_out)!;
        var options = new TrainingOptions
        {
            Kind = parsed.GetValue(_kind)!.Value,
            VocabularySize = parsed.GetValue(_size),
            MinFrequency = parsed.GetValue(_frequency),
            Lowercase = parsed.GetValue(_lowercase),
            SpecialTokens = parsed.GetValue(_special)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
        using var progress = job.Terminal.Progress("texts");
        var made = TokenizerTrainer.Train(Lines(files is [] ? ["-"] : files, job), path, options, new Stages(progress), job.Stop);
        if (asJson)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", path);
                writer.WriteNumber("tokens", made.VocabularySize);
            });
        }
        else
        {
            job.Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {made.VocabularySize:N0} tokens"));
        }

        return ExitCode.Done;
    }

    // Lines keep their ends, so that byte-level BPE learns line breaks.
    private static IEnumerable<string> Lines(IReadOnlyList<string> files, Job job)
    {
        foreach (var file in files)
        {
            using var lines = TextInput.Open(file, job.Terminal);
            while (lines.ReadChunk(LinesPerChunk, job.Stop) is { Count: > 0 } chunk)
            {
                foreach (var line in chunk)
                {
                    yield return line + "\n";
                }

                if (lines.Repaired * 2 > lines.LineNumber || chunk.Any(line => line.Contains('\0', StringComparison.Ordinal)))
                {
                    throw new InvalidDataException($"{lines.Name} is binary, not text: train on files of UTF-8 lines.");
                }
            }

            TextInput.ReportRepairs(lines, job.Terminal);
        }
    }

    private sealed class Stages(ProgressLine line) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => line.Report(value.Stage, value.Done, value.Total);
    }
}
