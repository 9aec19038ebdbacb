using System.Diagnostics;
using Simile.Models.Words;

namespace Simile.Models;

/// <summary>Learns vectors of words from texts: word2vec (Mikolov et al. 2013) and, with n-grams of letters, fastText (Bojanowski et al. 2017).</summary>
public static class WordTraining
{
    /// <summary>Learns from text files of any size, a sentence a line. The text is read once; what is learnt from is a file of 4 bytes a word among the system's temporary ones.</summary>
    /// <param name="files">Text in UTF-8.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellationToken">Stops within a part of a second; where <see cref="WordTrainingOptions.Checkpoint"/> is set, the work is kept there first.</param>
    /// <exception cref="ArgumentException">An option has no meaning, or there are no files.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The texts hold no words that are frequent enough.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static TrainedWords Run(IReadOnlyList<string> files, WordTrainingOptions options, IProgress<WordTrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (files.Count == 0)
        {
            throw new ArgumentException("There is nothing to learn from: name files of text.", nameof(files));
        }

        using var corpus = TokenCorpus.Read(files, options.Split, options.Lowercase || options.Split == WordSplit.Words, progress, cancellationToken);
        var trainer = new WordTrainer(corpus, new WordVocabulary(corpus, options.MinCount), options);
        try
        {
            var checkpoint = options.Checkpoint is { } path ? new TrainingCheckpoint(path, files, (options with { Checkpoint = null, Threads = 0 }).ToString(), corpus.Tokens) : null;
            var clock = Stopwatch.StartNew();
            var done = trainer.Run(checkpoint?.Read(trainer.Input, trainer.Output) ?? 0, checkpoint is null ? null : chunks => checkpoint.Write(chunks, trainer.Input, trainer.Output), progress, cancellationToken);
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
