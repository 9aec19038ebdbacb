using Simile.Numerics.Files;
using Simile.Tokenizers.Files;

namespace Simile.Tokenizers.Training;

/// <summary>Trains a vocabulary on texts.</summary>
public static class TokenizerTrainer
{
    /// <summary>
    /// Trains a vocabulary and writes it as a tokenizer.json for this library and the Rust one. The same texts give the same file.
    /// </summary>
    /// <param name="texts">The texts in any order. They are read once, on all cores.</param>
    /// <param name="path">The file to write. It is written atomically.</param>
    /// <param name="options">Training options. Default: byte-level BPE with 30,000 tokens.</param>
    /// <param name="progress">Optional progress callback. Called from any thread.</param>
    /// <param name="stop">Cancels the training. Then no file is written.</param>
    /// <returns>The trained tokenizer.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="InvalidDataException">The texts contain no words.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Tokenizer Train(
        IEnumerable<string> texts,
        string path,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new TrainingOptions();
        options.Validate();
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder: name the file to write, such as {Path.Join(path, "tokenizer.json")}.");
        }

        var words = WordCounter.Count(texts, options, progress, stop);
        if (words.Count == 0)
        {
            throw new InvalidDataException("The texts contain no words to train on.");
        }

        Action<Stream> write = options.Kind == TokenizerKind.Unigram
            ? WriteUnigram(new UnigramTrainer(words, options).Train(progress, stop), options)
            : WritePairs(new PairTrainer(words, options), options, progress, stop);
        stop.ThrowIfCancellationRequested();
        WholeFile.Write(path, write);
        return Tokenizer.Load(path);
    }

    private static Action<Stream> WriteUnigram(IReadOnlyList<ScoredText> pieces, TrainingOptions options) =>
        file => TokenizerWriter.Write(file, options, pieces);

    private static Action<Stream> WritePairs(
        PairTrainer trainer, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        trainer.Train(progress, stop);
        return file => TokenizerWriter.Write(file, options, trainer.Tokens, trainer.Merges);
    }
}
