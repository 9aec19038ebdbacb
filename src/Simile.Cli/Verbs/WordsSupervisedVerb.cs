using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile words supervised FILE… --out F.bin: a classifier of texts in fastText's form.</summary>
internal static class WordsSupervisedVerb
{
    public static Command Create(Job job)
    {
        var defaults = new FastTextClassifierOptions();
        var files = new Argument<string[]>("FILE")
        {
            Description = "Text in UTF-8: a line holds its labels, words such as __label__sport, and the text.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out", "-o") { Description = "The file to write.", HelpName = "F.bin", Required = true };
        var dimensions = CommonOptions.Count("--dimensions", "Components of each vector.", defaults.Dimensions, 4096);
        var epochs = CommonOptions.Count("--epochs", "How often the texts are gone through.", defaults.Epochs);
        var rate = CommonOptions.Number("--rate", "The learning rate at the beginning.", defaults.Rate, "a number above 0", x => x > 0);
        var minCount = CommonOptions.Count("--min-count", "Words that are seen fewer times are left out.", defaults.MinCount);
        var runs = CommonOptions.Count("--word-ngrams", "The longest run of words that counts as one.", defaults.WordNgrams, 100);
        var ngrams = new Option<bool>("--ngrams") { Description = "Learn n-grams of 3 to 6 letters too." };
        var buckets = CommonOptions.Count("--buckets", "Rows that n-grams share.", defaults.Buckets);
        var seed = CommonOptions.WholeNumber("--seed", "With one thread the same seed gives the same model.", defaults.Seed);
        var threads = CommonOptions.OptionalCount("--threads", "Threads; all cores where it is not given.");
        var verb = new Verb(
            "supervised",
            "Learns to name the labels of texts, as fastText's supervised mode; its own tool reads the model.",
            "simile words supervised train.txt --out topics.bin --word-ngrams 2 --epochs 25")
        { files, output, dimensions, epochs, rate, minCount, runs, ngrams, buckets, seed, threads };
        verb.SetAction(parsed =>
        {
            var path = OutputFile.Require(parsed.GetValue(output)!, parsed.GetValue(files)!);
            using var progress = job.Terminal.Progress("words");
            var options = new FastTextClassifierOptions
            {
                Dimensions = parsed.GetValue(dimensions),
                Epochs = parsed.GetValue(epochs),
                Rate = parsed.GetValue(rate),
                MinCount = parsed.GetValue(minCount),
                WordNgrams = parsed.GetValue(runs),
                MinN = parsed.GetValue(ngrams) ? 3 : 0,
                MaxN = parsed.GetValue(ngrams) ? 6 : 0,
                Buckets = parsed.GetValue(buckets),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads) ?? 0,
            };
            FastTextClassifierTraining.Run(parsed.GetValue(files)!, path, options, new WordsProgress(progress), job.Stop);
            using var made = FastTextClassifier.Load(path);
            job.Terminal.WriteLine($"{path}: {made.Labels.Count} labels");
            return ExitCode.Done;
        });
        return verb;
    }
}

/// <summary>The stages of training on the line that shows progress.</summary>
internal sealed class WordsProgress(ProgressLine line) : IProgress<WordTrainingProgress>
{
    public void Report(WordTrainingProgress value) => line.Report(value.Stage, value.Done, value.Total);
}
