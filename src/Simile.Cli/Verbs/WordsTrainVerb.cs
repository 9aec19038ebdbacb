using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>How vectors of words are learned.</summary>
internal enum WordMethod
{
    SkipGram,
    Cbow,
    Glove,
    Ppmi,
}

/// <summary>simile words train FILE… --out F: vectors of words from texts.</summary>
internal static class WordsTrainVerb
{
    private sealed record Options(
        string[] Files, string Out, WordMethod Method, WordVectorFormat Format, WordTrainingOptions Training, bool Json);

    public static Command Create(Job job)
    {
        var defaults = new WordTrainingOptions();
        var files = new Argument<string[]>("FILE") { Description = "Text in UTF-8, a sentence a line.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out", "-o") { Description = "The file to write.", HelpName = "F", Required = true };
        var format = CommonOptions.OptionalChoice<WordVectorFormat>(
            "--format",
            "The form of the file; otherwise .bin is word2vec's binary form (with n-grams fastText's), "
            + "and any other name word2vec's text.");
        var method = CommonOptions.Choice(
            "--method",
            "Predict the neighbors of a word (skip-gram), predict a word from its neighbors (CBOW), or count pairs (GloVe, or an SVD "
            + "of PPMI).",
            WordMethod.SkipGram);
        var dimensions = CommonOptions.Count("--dimensions", "Components of each vector.", defaults.Dimensions, 4096);
        var window = CommonOptions.Count("--window", "Words at most this far from a word are its neighbors.", defaults.Window, 1000);
        var minCount = CommonOptions.Count("--min-count", "Words that are seen fewer times are left out.", defaults.MinCount);
        var negative = CommonOptions.Count("--negative", "Negative samples for each word.", defaults.Negative, 1000);
        var tree = new Option<bool>("--hierarchical") { Description = "Hierarchical softmax in the place of negative samples." };
        var sample = CommonOptions.Number(
            "--sample",
            "The share above which frequent words are thinned out; 0 keeps all.",
            defaults.Sample,
            "a number of at least 0",
            x => x >= 0);
        var rate = CommonOptions.Number("--rate", "The learning rate at the beginning.", defaults.Rate, "a number above 0", x => x > 0);
        var epochs = CommonOptions.Count("--epochs", "How often the texts are gone through.", defaults.Epochs);
        var ngrams = new Option<bool>("--ngrams")
        {
            Description = "Learn n-grams of 3 to 6 letters too, as fastText: words that were never seen have vectors.",
        };
        var minN = CommonOptions.Count("--min-n", "The shortest n-gram, with --ngrams.", defaults.MinN, 1000);
        var maxN = CommonOptions.Count("--max-n", "The longest n-gram, with --ngrams.", 6, 1000);
        var buckets = CommonOptions.Count("--buckets", "Rows that n-grams share, with --ngrams.", defaults.Buckets);
        var split = CommonOptions.Choice(
            "--split", "Words end at blanks, or are runs of a to z and digits in small letters.", defaults.Split);
        var lowercase = new Option<bool>("--lowercase") { Description = "Take all words in small letters." };
        var seed = CommonOptions.WholeNumber("--seed", "With one thread the same seed gives the same vectors.", defaults.Seed);
        var threads = CommonOptions.OptionalCount("--threads", "Threads; all cores where it is not given.");
        var json = CommonOptions.Json("Print {\"path\",\"words\",\"dimensions\",\"seconds\",\"learning_seconds\"}.");
        var verb = new Verb(
            "train",
            "Learns vectors of words from texts: word2vec, or fastText with --ngrams. "
            + "Ctrl-C keeps the work in F.checkpoint, and the same command goes on.",
            "simile words train corpus.txt --out words.vec",
            "simile words train a.txt b.txt --out words.bin --ngrams --method cbow --epochs 10 --lowercase")
        {
            files, output, format, method, dimensions, window, minCount, negative, tree, sample, rate, epochs, ngrams, minN, maxN, buckets,
            split, lowercase, seed, threads, json,
        };
        verb.Check(result => result.GetValue(ngrams) && result.GetValue(minN) > result.GetValue(maxN) ? "--min-n is above --max-n." : null);
        verb.Check(result => result.GetValue(method) is WordMethod.Glove or WordMethod.Ppmi
            && new Option[] { negative, tree, sample, ngrams, minN, maxN, buckets }
                .FirstOrDefault(option => result.GetResult(option) is { Implicit: false })
                is { } other
            ? $"{other.Name} means nothing to {(result.GetValue(method) == WordMethod.Glove ? "GloVe" : "PPMI")}: leave it away."
            : null);
        verb.SetAction(parsed =>
        {
            var path = OutputFile.Require(parsed.GetValue(output)!, parsed.GetValue(files)!);
            var hasNgrams = parsed.GetValue(ngrams);
            var glove = new GloveOptions();
            return Run(
                new Options(
                    parsed.GetValue(files)!,
                    path,
                    parsed.GetValue(method),
                    parsed.GetValue(format) ?? FormatOf(path, hasNgrams),
                    new WordTrainingOptions
                    {
                        Model = parsed.GetValue(method) == WordMethod.Cbow ? WordModel.Cbow : WordModel.SkipGram,
                        Dimensions = parsed.GetValue(dimensions),
                        Window = parsed.GetValue(method) == WordMethod.Glove && parsed.GetResult(window) is not { Implicit: false }
                            ? glove.Window
                            : parsed.GetValue(window),
                        MinCount = parsed.GetValue(minCount),
                        Negative = parsed.GetValue(tree) ? 0 : parsed.GetValue(negative),
                        HierarchicalSoftmax = parsed.GetValue(tree),
                        Sample = parsed.GetValue(sample),
                        Rate = parsed.GetValue(method) == WordMethod.Glove && parsed.GetResult(rate) is not { Implicit: false }
                            ? glove.Rate
                            : parsed.GetValue(rate),
                        LastRate = Math.Min(defaults.LastRate, parsed.GetValue(rate)),
                        Epochs = parsed.GetValue(method) == WordMethod.Glove && parsed.GetResult(epochs) is not { Implicit: false }
                            ? glove.Epochs
                            : parsed.GetValue(epochs),
                        MinN = parsed.GetValue(minN),
                        MaxN = hasNgrams ? parsed.GetValue(maxN) : 0,
                        Buckets = parsed.GetValue(buckets),
                        Split = parsed.GetValue(split),
                        Lowercase = parsed.GetValue(lowercase),
                        Seed = parsed.GetValue(seed),
                        Threads = parsed.GetValue(threads) ?? 0,
                        Checkpoint = path + ".checkpoint",
                    },
                    parsed.GetValue(json)),
                job);
        });
        return verb;
    }

    private static WordVectorFormat FormatOf(string path, bool hasNgrams) =>
        !path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? WordVectorFormat.Word2VecText
        : hasNgrams ? WordVectorFormat.FastTextBinary
        : WordVectorFormat.Word2VecBinary;

    private static int Run(Options options, Job job)
    {
        using var progress = job.Terminal.Progress("words");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (words, learning) = Train(
            options, new Stages(progress, job.Terminal, options.Method == WordMethod.Ppmi ? null : options.Training.Checkpoint), job.Stop);
        job.Terminal.KeptOnStop = null;
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", options.Out);
                writer.WriteNumber("words", words);
                writer.WriteNumber("dimensions", options.Training.Dimensions);
                writer.WriteNumber("seconds", Math.Round(clock.Elapsed.TotalSeconds, 3));
                writer.WriteNumber("learning_seconds", Math.Round(learning.TotalSeconds, 3));
            });
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Out}: {words:N0} words of {options.Training.Dimensions} dimensions in {clock.Elapsed.TotalSeconds:N1} s"));
        }

        return ExitCode.Done;
    }

    // How many words there are, and how long they were learned without the time of reading.
    private static (int Words, TimeSpan Learning) Train(Options options, Stages progress, CancellationToken stop)
    {
        var training = options.Training;
        if (options.Method is WordMethod.SkipGram or WordMethod.Cbow)
        {
            using var trained = WordTraining.Run(options.Files, training, progress, stop);
            trained.Save(options.Out, options.Format);
            return (trained.Counts.Count, trained.LearningTime);
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var vectors = options.Method == WordMethod.Glove
            ? GloveTraining.Run(options.Files, GloveOf(training), progress, stop)
            : PpmiTraining.Run(options.Files, PpmiOf(training), progress, stop);
        vectors.Save(options.Out, options.Format);
        return (vectors.Count, clock.Elapsed);
    }

    private static GloveOptions GloveOf(WordTrainingOptions training) => new()
    {
        Dimensions = training.Dimensions,
        Window = training.Window,
        MinCount = training.MinCount,
        Rate = training.Rate,
        Epochs = training.Epochs,
        Split = training.Split,
        Lowercase = training.Lowercase,
        Seed = training.Seed,
        Threads = training.Threads,
        Checkpoint = training.Checkpoint,
    };

    private static PpmiOptions PpmiOf(WordTrainingOptions training) => new()
    {
        Dimensions = training.Dimensions,
        Window = training.Window,
        MinCount = training.MinCount,
        Split = training.Split,
        Lowercase = training.Lowercase,
        Seed = training.Seed,
    };

    private sealed class Stages(ProgressLine line, Terminal terminal, string? checkpoint) : IProgress<WordTrainingProgress>
    {
        public void Report(WordTrainingProgress value)
        {
            if (checkpoint is not null && value.Stage.EndsWith("learned", StringComparison.Ordinal))
            {
                terminal.KeptOnStop = $"What was learned is kept in {checkpoint}: the same command goes on from there.";
            }

            line.Report(value.Stage, value.Done, value.Total);
        }
    }
}
