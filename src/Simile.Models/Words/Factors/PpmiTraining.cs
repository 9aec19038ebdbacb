using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>How <see cref="PpmiTraining"/> makes vectors of words.</summary>
public sealed record PpmiOptions
{
    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>The farthest neighbor, in words, before and behind.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Words that are seen fewer times are left out.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>The power of a neighbor's count (Levy, Goldberg and Dagan 2015): below 1 it keeps rare neighbors from weighing too much.</summary>
    public double Smoothing { get; init; } = 0.75;

    /// <summary>The logarithm of this is taken away, as negative samples do; 1 takes nothing.</summary>
    public double Shift { get; init; } = 1;

    /// <summary>The power of the singular values that each vector is weighted by; 0.5 shares them between words and neighbors.</summary>
    public double SingularPower { get; init; } = 0.5;

    /// <summary>How text is cut into words.</summary>
    public WordSplit Split { get; init; } = WordSplit.Blanks;

    /// <summary>Whether words are taken in small letters.</summary>
    public bool Lowercase { get; init; }

    /// <summary>The same seed gives the same vectors to the bit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Bytes that pairs may take in memory while they are counted, about.</summary>
    public long Memory { get; init; } = 1L << 30;
}

/// <summary>Vectors of words by factorizing a matrix: positive pointwise mutual information of words and neighbors, then a truncated SVD (Levy, Goldberg and Dagan 2015).</summary>
public static class PpmiTraining
{
    private const int PowerIterations = 6;

    /// <summary>Makes vectors from text files, a sentence a line. The result is saved as any file of word vectors and is then a model of texts.</summary>
    /// <param name="files">Text in UTF-8.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">An option has no meaning, or there are fewer words than dimensions.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The texts hold no words that are frequent enough.</exception>
    public static WordVectors Run(IReadOnlyList<string> files, PpmiOptions options, IProgress<WordTrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions < 1 || options.Window < 1 || options.MinCount < 1 || !(options.Shift > 0) || !(options.Smoothing >= 0))
        {
            throw new ArgumentException("Dimensions, window, least count and shift are above 0, the smoothing at least 0.", nameof(options));
        }

        using var corpus = TokenCorpus.Read(files, options.Split, options.Lowercase || options.Split == WordSplit.Words, progress, cancellationToken);
        var vocabulary = new WordVocabulary(corpus, options.MinCount);
        if (options.Dimensions > vocabulary.Words.Length)
        {
            throw new ArgumentException($"The texts hold {vocabulary.Words.Length:N0} words that are frequent enough: vectors of {options.Dimensions} dimensions need as many. Take fewer dimensions, or more text.", nameof(options));
        }

        using var counted = new Cooccurrences(options.Memory);
        counted.Count(corpus, vocabulary, options.Window, byDistance: false, progress, cancellationToken);
        var matrix = Information(counted, vocabulary.Words.Length, options);
        var (values, neighbors) = TruncatedSvd.Run(matrix, options.Dimensions, PowerIterations, options.Seed, cancellationToken);

        // A·v = σ·u, so that u·σ^p is A·v weighted by σ^(p-1).
        for (var i = 0; i < values.Length; i++)
        {
            var weight = values[i] > 0 ? (float)Math.Pow(values[i], options.SingularPower - 1) : 0;
            VectorMath.Scale(neighbors[i], weight, neighbors[i]);
        }

        return new WordVectors(vocabulary.Words, matrix.Times(TruncatedSvd.Turn(neighbors), cancellationToken));
    }

    // log(#(w,c) · Σ_c #(c)^s / (#(w) · #(c)^s)) - log(shift), where it is above 0.
    private static SparseRows Information(Cooccurrences counted, int words, PpmiOptions options)
    {
        var counts = new double[words];
        foreach (var pair in counted.Merged())
        {
            counts[pair.Word] += pair.Weight;
        }

        var smoothed = Array.ConvertAll(counts, count => Math.Pow(count, options.Smoothing));
        var (total, shift) = (smoothed.Sum(), Math.Log(options.Shift));
        return new SparseRows(Rows(counted, words).Select(row => (IReadOnlyList<(int, float)>)[.. row
            .Select(pair => (pair.Neighbor, Value: (float)(Math.Log(pair.Weight * total / (counts[pair.Word] * smoothed[pair.Neighbor])) - shift)))
            .Where(entry => entry.Value > 0)]), words);
    }

    private static IEnumerable<List<Cooccurrence>> Rows(Cooccurrences counted, int words)
    {
        var (row, next) = (new List<Cooccurrence>(), 0);
        foreach (var pair in counted.Merged())
        {
            for (; next < pair.Word; next++)
            {
                yield return row;
                row = [];
            }

            row.Add(pair);
        }

        for (; next < words; next++)
        {
            yield return row;
            row = [];
        }
    }
}
