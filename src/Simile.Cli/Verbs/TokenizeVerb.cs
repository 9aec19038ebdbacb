using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile tokenize [FILE|-]: tokenizes each line; with --decode, decodes ids to text.</summary>
internal static class TokenizeVerb
{
    private const int LinesPerChunk = 4096;

    private sealed record Options(
        string[] Words, string? Text, string[] Models, bool Decode, bool Explain, bool NoSpecialTokens, bool KeepSpecialTokens, bool Json);

    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("FILE")
        {
            Description = "A file of UTF-8 lines; - or none for standard input. With --decode also ids, with --train several files.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var text = new Option<string?>("--text", "-t") { Description = "A text instead of a file.", HelpName = "TEXT" };
        var models = Models();
        var decode =
            new Option<bool>("--decode", "-d") { Description = "Decode ids (a JSON array, an object with \"ids\", or numbers) to text." };
        var explain = new Option<bool>("--explain", "-e") { Description = "Print tokens for people, as on a screen, also to a pipe." };
        var bare = new Option<bool>("--no-special-tokens") { Description = "Do not add special tokens around a text." };
        var keep = new Option<bool>("--keep-special-tokens") { Description = "With --decode: keep special tokens in the text." };
        var json = CommonOptions.Json("Print JSON lines on a screen too; with --decode, {\"text\"} per line.");
        var verb = new Verb(
            "tokenize",
            "Splits each line into tokens: shown with ids and positions on a screen, otherwise {\"ids\",\"tokens\",\"offsets\"} per line. "
            + "Positions count Unicode code points.",
            "simile tokenize --text 'a bird that cannot fly'",
            "simile tokenize --text 'a bird that cannot fly' --model ./llama2/tokenizer.model --model cl100k_base",
            "simile tokenize --model ./all-MiniLM-L6-v2 notes.txt | simile tokenize --model ./all-MiniLM-L6-v2 --decode",
            "simile tokenize --decode 101 7592 102 --model tokenizer.json",
            "simile tokenize --train bpe texts.txt --vocab-size 8000 --out tokenizer.json")
        { words, text, models, decode, explain, bare, keep, json };
        var training = new TokenizeTraining();
        training.AddTo(verb);
        verb.Check(result =>
        {
            var given = result.GetValue(words)!.Length + (result.GetValue(text) is null ? 0 : 1);
            return given > 1 && !result.GetValue(decode) && !training.IsAsked(result)
                ? "tokenize takes one file, or one text with --text. Several files need --train."
                : null;
        });
        verb.SetAction(parsed => training.IsAsked(parsed.CommandResult)
            ? training.Run(parsed, parsed.GetValue(words)!, parsed.GetValue(json), job)
            : Run(
                new Options(
                    parsed.GetValue(words)!,
                    parsed.GetValue(text),
                    parsed.GetValue(models)!,
                    parsed.GetValue(decode),
                    parsed.GetValue(explain),
                    parsed.GetValue(bare),
                    parsed.GetValue(keep),
                    parsed.GetValue(json)),
                job));
        return verb;
    }

    private static Option<string[]> Models()
    {
        var one = CommonOptions.Model();
        return new Option<string[]>(one.Name, [.. one.Aliases])
        {
            Description = one.Description
                + " Also a tokenizer.json, vocab.txt, .model or .tiktoken file, or an encoding such as cl100k_base. "
                + "Repeatable: several are compared.",
            HelpName = one.HelpName,
            DefaultValueFactory = result => [one.DefaultValueFactory!(result)!],
        };
    }

    private static int Run(Options options, Job job)
    {
        var models = new List<TokenizerInput>();
        try
        {
            foreach (var name in options.Models)
            {
                models.Add(new TokenizerInput(name));
            }

            return options.Decode ? Decode(options, models, job)
                : !options.Json && (options.Explain || job.Terminal.IsInteractive) ? Explain(options, models, job)
                : Encode(options, models, job);
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }

    private static int Encode(Options options, List<TokenizerInput> models, Job job)
    {
        var encoding = new TokenizeEncoding(models, !options.NoSpecialTokens, job.Terminal);
        if (options.Text is not null)
        {
            encoding.Write([options.Text]);
            return ExitCode.Done;
        }

        using var progress = job.Terminal.Progress("lines");
        return ForEachChunk(options, job, (lines, number, _) =>
        {
            encoding.Write(lines);
            job.Terminal.Output.Flush();
            progress.Report(number);
        });
    }

    private static int Explain(Options options, List<TokenizerInput> models, Job job)
    {
        var explanation = new TokenizeExplanation(models, !options.NoSpecialTokens, job.Terminal);
        if (options.Text is not null)
        {
            explanation.Write(options.Text);
            return ExitCode.Done;
        }

        var code = ForEachChunk(options, job, (lines, _, _) =>
        {
            lines.ForEach(explanation.Write);
            job.Terminal.Output.Flush();
        });
        explanation.WriteTotals();
        return code;
    }

    private static int Decode(Options options, List<TokenizerInput> models, Job job)
    {
        var decoding = new TokenizeDecoding(models, options.KeepSpecialTokens, options.Json, job.Terminal);
        if (options.Text is not null || options.Words.Length > 1 || (options.Words is [var word] && word != "-" && !File.Exists(word)))
        {
            decoding.Write(options.Text ?? string.Join(' ', options.Words), "the ids");
            return CodeOf(decoding, job.Terminal);
        }

        ForEachChunk(options, job, (lines, number, name) =>
        {
            for (var i = 0; i < lines.Count; i++)
            {
                decoding.Write(lines[i], $"{name} line {number - lines.Count + i + 1}");
            }

            job.Terminal.Output.Flush();
        });
        return CodeOf(decoding, job.Terminal);
    }

    private static int CodeOf(TokenizeDecoding decoding, Terminal terminal) =>
        decoding.Count == 0 && terminal.Skipped > 0 ? ExitCode.Failure : ExitCode.Done;

    private static int ForEachChunk(Options options, Job job, Action<List<string>, long, string> write)
    {
        using var lines = TextInput.Open(
            options.Words is [var file] ? file : "-", job.Terminal, forWords: options.Decode ? null : "simile tokenize --text");
        while (lines.ReadChunk(LinesPerChunk, job.Stop) is { Count: > 0 } chunk)
        {
            write(chunk, lines.LineNumber, lines.Name);
        }

        TextInput.ReportRepairs(lines, job.Terminal);
        return ExitCode.Done;
    }
}
