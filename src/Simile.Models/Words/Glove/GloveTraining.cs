using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Learns vectors of words from how often words stand together: GloVe (Pennington, Socher and Manning 2014).</summary>
public static class GloveTraining
{
    private const int EpochsBetweenCheckpoints = 10;

    /// <summary>Learns from text files of any size, a sentence a line. Pairs of words that do not fit into <see cref="GloveOptions.Memory"/> go to temporary files.</summary>
    /// <param name="files">Text in UTF-8.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellationToken">Stops soon; where <see cref="GloveOptions.Checkpoint"/> is set, the epochs that are done are kept there.</param>
    /// <exception cref="ArgumentException">An option has no meaning, or there are no files.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The texts hold no words that are frequent enough, or no two of them together.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static WordVectors Run(IReadOnlyList<string> files, GloveOptions options, IProgress<WordTrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (files.Count == 0)
        {
            throw new ArgumentException("There is nothing to learn from: name files of text.", nameof(files));
        }

        using var corpus = TokenCorpus.Read(files, options.Split, options.Lowercase || options.Split == WordSplit.Words, progress, cancellationToken);
        var vocabulary = new WordVocabulary(corpus, options.MinCount);
        using var counted = new Cooccurrences(options.Memory / 2);
        counted.Count(corpus, vocabulary, options.Window, byDistance: true, progress, cancellationToken);
        using var pairs = new ShuffledPairs(counted.Merged(), (int)Math.Min(options.Memory / 32, Array.MaxLength / 2), options.Seed);
        if (pairs.Count == 0)
        {
            throw new InvalidDataException("No two frequent words stand together in a line: take more text, or a smaller least count.");
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

    private static void Learn(GloveTrainer trainer, ShuffledPairs pairs, GloveOptions options, TrainingCheckpointOf of, IProgress<WordTrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var checkpoint = of.Open();
        for (var epoch = Resume(trainer, checkpoint); epoch < options.Epochs; epoch++)
        {
            for (var part = 0; part < pairs.Parts; part++)
            {
                progress?.Report(new WordTrainingProgress("pairs learnt", (epoch * pairs.Count) + (part * pairs.Count / pairs.Parts), options.Epochs * pairs.Count));
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
        public TrainingCheckpoint? Open() => Options.Checkpoint is { } path ? new TrainingCheckpoint(path, Files, (Options with { Checkpoint = null, Threads = 0 }).ToString(), Tokens) : null;
    }
}
