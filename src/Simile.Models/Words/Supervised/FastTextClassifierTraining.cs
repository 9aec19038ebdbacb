using Simile.Models.Words;

namespace Simile.Models;

/// <summary>Trains text classifiers like fastText's supervised mode.</summary>
public static class FastTextClassifierTraining
{
    /// <summary>
    /// Trains on text files of any size and writes a .bin file that <see cref="FastTextClassifier.Load"/> and fastText's own tool read.
    /// </summary>
    /// <param name="files">Text in UTF-8: a line holds one or more labels, each a word that begins with __label__, and the text.</param>
    /// <param name="path">The file to write; an existing file is replaced.</param>
    /// <param name="options">The training options.</param>
    /// <param name="progress">Optional progress callback; it may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the training; then no file is written.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">There are no labels, or no words.</exception>
    public static void Run(
        IReadOnlyList<string> files,
        string path,
        FastTextClassifierOptions options,
        IProgress<WordTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var corpus = TokenCorpus.Read(files, WordSplit.Blanks, lowercase: false, progress, cancellationToken);
        using var trainer = new LabelTrainer(corpus, options);
        trainer.Run(progress, cancellationToken);
        FastTextWriter.Write(
            path,
            HeaderOf(options, trainer.Buckets),
            trainer.Entries,
            trainer.Counts,
            trainer.Labels,
            corpus.Tokens + corpus.Lines,
            trainer.Input,
            trainer.Output);
    }

    private static FastTextHeader HeaderOf(FastTextClassifierOptions options, int buckets) => new()
    {
        Dimensions = options.Dimensions,
        Epochs = options.Epochs,
        MinCount = options.MinCount,
        WordNgrams = options.WordNgrams,
        Loss = 3,
        Model = 3,
        Buckets = buckets,
        MinN = options.MaxN > 0 ? options.MinN : 0,
        MaxN = options.MaxN,
    };
}
