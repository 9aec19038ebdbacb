using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile words lsa FILE… --out DIR: a model of texts by latent semantic analysis.</summary>
internal static class WordsLsaVerb
{
    private const int LinesAtOnce = 65536;

    public static Command Create(Job job)
    {
        var defaults = new LsaOptions();
        var files = new Argument<string[]>("FILE") { Description = "Text in UTF-8, a text a line.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out", "-o") { Description = "The folder to write.", HelpName = "DIR", Required = true };
        var dimensions = CommonOptions.Count("--dimensions", "Components of each vector.", defaults.Dimensions, 4096);
        var minTexts = CommonOptions.Count("--min-texts", "Words that fewer texts hold are left out.", defaults.MinTexts);
        var seed = CommonOptions.WholeNumber("--seed", "The same seed gives the same model.", defaults.Seed);
        var verb = new Verb(
            "lsa",
            "Makes a model of texts by factorizing the matrix of texts and words (TF-IDF, truncated SVD); --model takes its folder.",
            "simile words lsa articles.txt --out topics --dimensions 100")
        { files, output, dimensions, minTexts, seed };
        verb.SetAction(parsed =>
        {
            var folder = OutputFolder.Require(parsed.GetValue(output)!);
            var options = new LsaOptions
            {
                Dimensions = parsed.GetValue(dimensions),
                MinTexts = parsed.GetValue(minTexts),
                Seed = parsed.GetValue(seed),
            };
            var words = LsaTraining.Run([.. parsed.GetValue(files)!.SelectMany(file => Texts(file, job))], folder, options, job.Stop);
            job.Terminal.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{folder}: {words:N0} words, vectors of {options.Dimensions} dimensions"));
            return ExitCode.Done;
        });
        return verb;
    }

    private static IEnumerable<string> Texts(string file, Job job)
    {
        using var lines = TextInput.Open(file, job.Terminal);
        while (lines.ReadChunk(LinesAtOnce, job.Stop) is { Count: > 0 } chunk)
        {
            foreach (var line in chunk.Where(line => !string.IsNullOrWhiteSpace(line)))
            {
                yield return line;
            }
        }

        TextInput.ReportRepairs(lines, job.Terminal);
    }
}
