using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Trains word vectors from co-occurrence counts: GloVe (Pennington, Socher and Manning 2014).</summary>
public static class GloveTraining
{
    private const int EpochsBetweenCheckpoints = 10;

    /// <summary>
    /// Trains on text files of any size with one sentence per line. Pairs that do not fit into <see cref="GloveOptions.Memory"/> are
    /// written to temporary files.
    /// </summary>
    /// <param name="files">Text in UTF-8.</param>
    /// <param name="options">The training options.</param>
    /// <param name="progress">Optional progress callback; it may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the training. If <see cref="GloveOptions.Checkpoint"/> is set, the finished epochs are saved
    /// there first.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are no files.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The texts contain no words that are frequent enough, or no pairs of such words.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    public static WordVectors Run(
        IReadOnlyList<string> files,
        GloveOptions options,
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
        var vocabulary = new WordVocabulary(corpus, options.MinCount);
        using var counted = new Cooccurrences(options.Memory / 2);
        counted.Count(corpus, vocabulary, options.Window, byDistance: true, progress, cancellationToken);
        using var pairs = new ShuffledPairs(counted.Merged(), (int)Math.Min(options.Memory / 32, Array.MaxLength / 2), options.Seed);
        if (pairs.Count == 0)
        {
            throw new InvalidDataException("No line contains two frequent words: use more text, or a smaller minimum count.");
        }

        using var trainer = new GloveTrainer(vocabulary.Words.Length, options);
        Learn(trainer, pairs, options, new TrainingCheckpointOf(options, files, corpus.Tokens), progress, cancellationToken);
        var vectors = new VectorMatrix(vocabulary.Words.Length, options.Dimensions);
        for (var word = 0; word < vectors.Count; word++)
        {
            trainer.Vector(word, vectors[word]);
        }

        return new WordVectors(vocabulary.Words, vectors);
    }

    private static void Learn(
        GloveTrainer trainer,
        ShuffledPairs pairs,
        GloveOptions options,
        TrainingCheckpointOf of,
        IProgress<WordTrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var checkpoint = of.Open();
        for (var epoch = Resume(trainer, checkpoint); epoch < options.Epochs; epoch++)
        {
            for (var part = 0; part < pairs.Parts; part++)
            {
                progress?.Report(new WordTrainingProgress(
                    "pairs learned", (epoch * pairs.Count) + (part * pairs.Count / pairs.Parts), options.Epochs * pairs.Count));
                trainer.Learn(pairs.Part(part, epoch), cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if ((epoch + 1) % EpochsBetweenCheckpoints == 0 && checkpoint is not null)
            {
                using var biases = trainer.Biases();
                checkpoint.Write(epoch + 1, trainer.Vectors, trainer.Squares, biases);
            }
        }

        checkpoint?.Delete();
    }

    private static int Resume(GloveTrainer trainer, TrainingCheckpoint? checkpoint)
    {
        using var biases = trainer.Biases();
        if (checkpoint?.Read(trainer.Vectors, trainer.Squares, biases) is not { } epochs)
        {
            return 0;
        }

        trainer.TakeBiases(biases);
        return (int)epochs;
    }

    private sealed record TrainingCheckpointOf(GloveOptions Options, IReadOnlyList<string> Files, long Tokens)
    {
        public TrainingCheckpoint? Open() =>
            Options.Checkpoint is { } path
                ? new TrainingCheckpoint(path, Files, (Options with { Checkpoint = null, Threads = 0 }).ToString(), Tokens)
                : null;
    }
}
