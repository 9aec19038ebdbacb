using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile words nearest WORD: words whose vectors are closest to that of a word.</summary>
internal static class WordsNearestVerb
{
    public static Command Create(Job job)
    {
        var word = new Argument<string>("WORD") { Description = "The word whose neighbors are looked for." };
        var (top, model, json) = (WordsOptions.Top(), WordsOptions.Model(), WordsOptions.Json());
        var verb = new Verb(
            "nearest",
            "Finds the words that are most like a word: the cosine of their vectors, greater is closer.",
            "simile words nearest king --model glove.6B.100d.txt -k 5")
        { word, top, model, json };
        verb.SetAction(parsed =>
        {
            using var vectors = WordsOptions.Load(parsed.GetValue(model)!, job.Terminal);
            WordsOptions.Write(vectors.Nearest(parsed.GetValue(word)!, parsed.GetValue(top)), parsed.GetValue(json), job.Terminal);
            return ExitCode.Done;
        });
        return verb;
    }
}
