using System.Diagnostics;
using Simile.Models.Words;

namespace Simile.Models;

/// <summary>
/// Trains word vectors on texts: word2vec (Mikolov et al. 2013) and, with character n-grams, fastText (Bojanowski et al. 2017).
/// </summary>
public static class WordTraining
{
    /// <summary>
    /// Trains on text files of any size with one sentence per line. The text is read once and stored as token ids in a temporary file, 4
    /// bytes per word.
    /// </summary>
    /// <param name="files">Text in UTF-8.</param>
    /// <param name="options">The training options.</param>
    /// <param name="progress">Optional progress callback; it may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the training in less than a second. If <see cref="WordTrainingOptions.Checkpoint"/> is set,
    /// a checkpoint is written first.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are no files.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The texts contain no words that are frequent enough.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    public static TrainedWords Run(
        IReadOnlyList<string> files,
        WordTrainingOptions options,
        IProgress<WordTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (files.Count == 0)
        {
            throw new ArgumentException("There are no text files to train on: give at least one.", nameof(files));
        }

        using var corpus = TokenCorpus.Read(
            files, options.Split, options.Lowercase || options.Split == WordSplit.Words, progress, cancellationToken);
        var trainer = new WordTrainer(corpus, new WordVocabulary(corpus, options.MinCount), options);
        try
        {
            var checkpoint = options.Checkpoint is { } path
                ? new TrainingCheckpoint(path, files, (options with { Checkpoint = null, Threads = 0 }).ToString(), corpus.Tokens)
                : null;
            var clock = Stopwatch.StartNew();
            var done = trainer.Run(
                checkpoint?.Read(trainer.Input, trainer.Output) ?? 0,
                checkpoint is null ? null : chunks => checkpoint.Write(chunks, trainer.Input, trainer.Output),
                progress,
                cancellationToken);
            if (done < trainer.Chunks)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            checkpoint?.Delete();
            return new TrainedWords(trainer, clock.Elapsed);
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }
}
