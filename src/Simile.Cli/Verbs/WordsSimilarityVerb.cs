using System.CommandLine;
using System.Globalization;

namespace Simile.Cli;

/// <summary>simile words similarity A B…: the cosine of words' vectors, each with each later one.</summary>
internal static class WordsSimilarityVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("WORD")
        {
            Description = "Two or more words, each compared with each later one.",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = WordsOptions.Model();
        var json = CommonOptions.Json("Print {\"a\",\"b\",\"score\"} a line.");
        var verb = new Verb("similarity", "Says how alike words are: "
            + "the cosine of their vectors.", "simile words similarity coffee tea --model glove.6B.100d.txt") { words, model, json };
        verb.Check(result => result.GetValue(words)!.Length < 2 ? "similarity takes two words or more." : null);
        verb.SetAction(parsed => Run(parsed.GetValue(words)!, parsed.GetValue(model)!, parsed.GetValue(json), job.Terminal));
        return verb;
    }

    private static int Run(string[] words, string model, bool asJson, Terminal terminal)
    {
        using var vectors = WordsOptions.Load(model, terminal);
        var pairs = words.SelectMany((a, i) => words.Skip(i + 1).Select(b => (A: a, B: b, Score: vectors.Similarity(a, b)))).ToArray();
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(pairs.Length, (writer, i) =>
            {
                writer.WriteString("a", pairs[i].A);
                writer.WriteString("b", pairs[i].B);
                writer.WriteNumber("score", pairs[i].Score);
            });
            return ExitCode.Done;
        }

        foreach (var (a, b, score) in pairs)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score,7:F4}  {a}  {b}"));
        }

        return ExitCode.Done;
    }
}
