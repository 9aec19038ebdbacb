using System.CommandLine;
using System.Text.Json;
using Simile.Models;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>simile tokenize [FILE|-]: a line in, its tokens out; with --decode the other way round.</summary>
internal static class TokenizeVerb
{
    private const int LinesPerChunk = 4096;

    private sealed record Options(string File, string Model, bool Decode, bool NoSpecialTokens, bool KeepSpecialTokens, bool Json);

    public static Command Create(Job job)
    {
        var file = CommonOptions.File();
        var model = CommonOptions.Model();
        model.Description += " Here also a tokenizer.json, vocab.txt or SentencePiece .model file.";
        var decode = new Option<bool>("--decode", "-d") { Description = "Ids in (a JSON array, an object with \"ids\", or numbers), text out." };
        var bare = new Option<bool>("--no-special-tokens") { Description = "Without the tokens that the model wants around a text." };
        var keep = new Option<bool>("--keep-special-tokens") { Description = "With --decode: special tokens stay in the text." };
        var json = CommonOptions.Json("Lines are JSON as they are; with --decode, print {\"text\"} a line.");
        var verb = new Verb(
            "tokenize",
            "Cuts each line into tokens: {\"ids\",\"tokens\",\"offsets\"} a line, offsets counted in characters (Unicode code points).",
            "echo 'a bird that cannot fly' | simile tokenize",
            "simile tokenize --model ./all-MiniLM-L6-v2 notes.txt | simile tokenize --model ./all-MiniLM-L6-v2 --decode",
            "echo '[101, 7592, 102]' | simile tokenize --decode --model tokenizer.json",
            "simile tokenize --train bpe texts.txt --vocab-size 8000 --out tokenizer.json")
        { file, model, decode, bare, keep, json };
        var training = new TokenizeTraining();
        training.AddTo(verb);
        verb.SetAction(parsed => training.IsAsked(parsed)
            ? training.Run(parsed, parsed.GetValue(file)!, parsed.GetValue(json), job)
            : Run(
                new Options(
                    parsed.GetValue(file)!,
                    parsed.GetValue(model)!,
                    parsed.GetValue(decode),
                    parsed.GetValue(bare),
                    parsed.GetValue(keep),
                    parsed.GetValue(json)),
                job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        using var lines = TextInput.Open(options.File, job.Terminal);
        using var builtIn = options.Model == TextEmbedder.BuiltIn ? ModelInput.Load(options.Model) : null;
        var tokenizer = builtIn?.Tokenizer ?? Tokenizer.Load(ModelInput.Resolve(options.Model));
        using (var progress = job.Terminal.Progress("lines"))
        {
            while (lines.ReadChunk(LinesPerChunk, job.Stop) is { Count: > 0 } chunk)
            {
                if (options.Decode)
                {
                    Decode(chunk, lines.LineNumber - chunk.Count, lines.Name, tokenizer, options, job.Terminal);
                }
                else
                {
                    Encode(chunk, tokenizer, options, job.Terminal);
                }

                job.Terminal.Output.Flush();
                progress.Report(lines.LineNumber);
            }
        }

        TextInput.ReportRepairs(lines, job.Terminal);
        return ExitCode.Done;
    }

    private static void Encode(List<string> texts, Tokenizer tokenizer, Options options, Terminal terminal) =>
        new JsonLines(terminal.Output).Write(texts.Count, (writer, row) =>
        {
            var encoding = tokenizer.Encode(texts[row], addSpecialTokens: !options.NoSpecialTokens);
            WriteRow(writer, texts[row], encoding);
        });

    private static void WriteRow(Utf8JsonWriter writer, string text, Encoding encoding)
    {
        writer.WriteStartArray("ids");
        foreach (var id in encoding.Ids)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tokens");
        foreach (var token in encoding.Tokens)
        {
            writer.WriteStringValue(token);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("offsets");
        var codePoints = new CodePoints(text);
        foreach (var (start, end) in encoding.Offsets)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(codePoints.Before(start));
            writer.WriteNumberValue(codePoints.Before(end));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void Decode(List<string> lines, long number, string name, Tokenizer tokenizer, Options options, Terminal terminal)
    {
        var json = new JsonLines(terminal.Output);
        foreach (var line in lines)
        {
            number++;
            try
            {
                var ids = IdLine.Parse(line);
                RefuseUnknown(ids, tokenizer);
                var text = tokenizer.Decode(ids, skipSpecialTokens: !options.KeepSpecialTokens);
                if (options.Json)
                {
                    json.Write(writer => writer.WriteString("text", text));
                }
                else
                {
                    terminal.WriteLine(text);
                }
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                terminal.Skip($"{name} line {number}: {Failures.Sentence(e is FormatException ? new InvalidDataException(e.Message + ".") : e)}");
            }
        }
    }

    private static void RefuseUnknown(int[] ids, Tokenizer tokenizer)
    {
        foreach (var id in ids)
        {
            if (tokenizer.IdToToken(id) is null)
            {
                throw new FormatException($"no token has the id {id}; this tokenizer knows 0 to {tokenizer.VocabularySize - 1}");
            }
        }
    }
}
