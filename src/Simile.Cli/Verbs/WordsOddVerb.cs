using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile words odd WORD…: the word that goes least with the others.</summary>
internal static class WordsOddVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("WORD") { Description = "Two or more words.", Arity = ArgumentArity.OneOrMore };
        var (model, json) = (WordsOptions.Model(), WordsOptions.Json());
        var verb = new Verb(
            "odd",
            "Finds the odd one out: all words, the one first that is least like the mean of all.",
            "simile words odd breakfast cereal dinner lunch --model glove.6B.100d.txt")
        { words, model, json };
        verb.Check(result => result.GetValue(words)!.Length < 2 ? "odd takes two words or more." : null);
        verb.SetAction(parsed =>
        {
            using var vectors = WordsOptions.Load(parsed.GetValue(model)!, job.Terminal);
            WordsOptions.Write(vectors.OddOneOut(parsed.GetValue(words)!), parsed.GetValue(json), job.Terminal);
            return ExitCode.Done;
        });
        return verb;
    }
}
