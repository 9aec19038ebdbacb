using System.Runtime.InteropServices;
using System.Text;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>
/// The result of <see cref="WordTraining"/>: word vectors, and the input and output matrices that a .bin file of fastText stores.
/// </summary>
/// <remarks>Thread-safe. Owns unmanaged memory: dispose it.</remarks>
public sealed class TrainedWords : IDisposable
{
    private readonly WordTrainer _trainer;
    private readonly Lazy<WordVectors> _vectors;

    internal TrainedWords(WordTrainer trainer, TimeSpan learningTime)
    {
        (_trainer, LearningTime) = (trainer, learningTime);
        _vectors = new Lazy<WordVectors>(() => new WordVectors(trainer.Vocabulary.Words, Compose()));
    }

    /// <summary>
    /// The word vectors, most frequent word first. With n-grams, each is the mean of the row of the word and the rows of its n-grams. For
    /// vectors of unknown words, save a .bin file and load it.
    /// </summary>
    public WordVectors Vectors => _vectors.Value;

    /// <summary>The count of each word, in the order of <see cref="WordVectors.Words"/>.</summary>
    public IReadOnlyList<long> Counts => _trainer.Vocabulary.Counts;

    /// <summary>The training time, without the time for reading the text.</summary>
    public TimeSpan LearningTime { get; }

    /// <summary>
    /// Writes one of the original formats. <see cref="WordVectorFormat.FastTextBinary"/> stores the complete model, and fastText's own tool
    /// can read it.
    /// </summary>
    /// <param name="path">The file; an existing file is replaced.</param>
    /// <param name="format">The format.</param>
    public void Save(string path, WordVectorFormat format)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (format == WordVectorFormat.FastTextBinary)
        {
            FastTextWriter.Write(
                path,
                HeaderOf(_trainer.Options),
                _trainer.Vocabulary.Words,
                _trainer.Vocabulary.Counts,
                0,
                _trainer.Vocabulary.Total,
                _trainer.Input,
                _trainer.Output);
        }
        else
        {
            Vectors.Save(path, format);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();

    private static FastTextHeader HeaderOf(WordTrainingOptions options) => new()
    {
        Dimensions = options.Dimensions,
        Window = options.Window,
        Epochs = options.Epochs,
        MinCount = options.MinCount,
        Negative = options.Negative,
        Loss = options.HierarchicalSoftmax ? 1 : 2,
        Model = options.Model == WordModel.Cbow ? 1 : 2,
        Buckets = options.MaxN > 0 ? options.Buckets : 0,
        MinN = options.MaxN > 0 ? options.MinN : 0,
        MaxN = options.MaxN,
        Sample = options.Sample,
    };

    private VectorMatrix Compose()
    {
        var vectors = new VectorMatrix(_trainer.Vocabulary.Words.Length, _trainer.Options.Dimensions);
        for (var word = 0; word < vectors.Count; word++)
        {
            if (_trainer.Ngrams is not { } ngrams)
            {
                _trainer.Input.Row(word).CopyTo(vectors[word]);
                continue;
            }

            foreach (var row in ngrams[word])
            {
                WeightedRow.Add(_trainer.Input.Row(row), 1f / ngrams[word].Length, vectors[word]);
            }
        }

        return vectors;
    }
}

/// <summary>Writes a .bin file of fastText, version 12.</summary>
internal static class FastTextWriter
{
    /// <param name="path">The file.</param>
    /// <param name="header">The training options.</param>
    /// <param name="entries">Words, then labels, each most frequent first.</param>
    /// <param name="counts">The count of each entry.</param>
    /// <param name="labels">Number of labels among the entries.</param>
    /// <param name="tokens">Number of words that were read.</param>
    /// <param name="input">Rows of words and buckets.</param>
    /// <param name="output">Rows of words or labels.</param>
    public static void Write(
        string path,
        FastTextHeader header,
        string[] entries,
        long[] counts,
        int labels,
        long tokens,
        NumberTable input,
        NumberTable output) =>
        WholeFile.Write(path, file =>
        {
            using var writer = new BinaryWriter(new BufferedStream(file, 1 << 20), Encoding.UTF8, leaveOpen: true);
            header.Write(writer);
            writer.Write(entries.Length);
            writer.Write(entries.Length - labels);
            writer.Write(labels);
            writer.Write(tokens);
            writer.Write(-1L); // no n-grams were pruned
            for (var i = 0; i < entries.Length; i++)
            {
                writer.Write(Encoding.UTF8.GetBytes(entries[i]));
                writer.Write((byte)0);
                writer.Write(counts[i]);
                writer.Write((byte)(i < entries.Length - labels ? 0 : 1));
            }

            WriteTable(writer, input);
            WriteTable(writer, output);
            writer.Flush();
        });

    private static void WriteTable(BinaryWriter writer, NumberTable table)
    {
        writer.Write((byte)0); // not quantized
        writer.Write(table.Rows);
        writer.Write((long)table.Dimensions);
        for (var row = 0L; row < table.Rows; row++)
        {
            writer.Write(MemoryMarshal.AsBytes(table.Row(row)));
        }
    }
}
