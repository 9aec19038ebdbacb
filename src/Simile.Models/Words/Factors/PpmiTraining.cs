using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Options of <see cref="PpmiTraining"/>.</summary>
public sealed record PpmiOptions
{
    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>The window size: the greatest distance of a neighbor, in words, on both sides.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Words that occur fewer times are left out.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>
    /// The exponent of a neighbor's count (context distribution smoothing, Levy, Goldberg and Dagan 2015). Below 1, it reduces the weight
    /// of rare neighbors.
    /// </summary>
    public double Smoothing { get; init; } = 0.75;

    /// <summary>
    /// The logarithm of this number is subtracted from the mutual information; it corresponds to the number of negative samples. 1
    /// subtracts nothing.
    /// </summary>
    public double Shift { get; init; } = 1;

    /// <summary>
    /// The exponent of the singular values that weight the components; 0.5 splits them evenly between words and neighbors.
    /// </summary>
    public double SingularPower { get; init; } = 0.5;

    /// <summary>How text is split into words.</summary>
    public WordSplit Split { get; init; } = WordSplit.Blanks;

    /// <summary>Whether words are converted to lower case.</summary>
    public bool Lowercase { get; init; }

    /// <summary>The same seed gives bit-identical vectors.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Approximate memory limit in bytes for counting pairs.</summary>
    public long Memory { get; init; } = 1L << 30;
}

/// <summary>
/// Trains word vectors by matrix factorization: positive pointwise mutual information of words and neighbors, then a truncated SVD (Levy,
/// Goldberg and Dagan 2015).
/// </summary>
public static class PpmiTraining
{
    private const int PowerIterations = 6;

    /// <summary>
    /// Trains vectors from text files with one sentence per line. The result can be saved in any format of word vectors and then used as a
    /// text encoder.
    /// </summary>
    /// <param name="files">Text in UTF-8.</param>
    /// <param name="options">The training options.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer words than dimensions.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The texts contain no words that are frequent enough.</exception>
    public static WordVectors Run(
        IReadOnlyList<string> files,
        PpmiOptions options,
        IProgress<WordTrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions < 1 || options.Window < 1 || options.MinCount < 1 || !(options.Shift > 0) || !(options.Smoothing >= 0))
        {
            throw new ArgumentException(
                "Dimensions, window, minimum count and shift must be above 0, and the smoothing at least 0.", nameof(options));
        }

        using var corpus = TokenCorpus.Read(
            files, options.Split, options.Lowercase || options.Split == WordSplit.Words, progress, cancellationToken);
        var vocabulary = new WordVocabulary(corpus, options.MinCount);
        if (options.Dimensions > vocabulary.Words.Length)
        {
            throw new ArgumentException(
                $"Only {vocabulary.Words.Length:N0} words are frequent enough, but vectors of {options.Dimensions} dimensions need at "
                + "least as many words. Use fewer dimensions, or more text.",
                nameof(options));
        }

        using var counted = new Cooccurrences(options.Memory);
        counted.Count(corpus, vocabulary, options.Window, byDistance: false, progress, cancellationToken);
        var matrix = Information(counted, vocabulary.Words.Length, options);
        var (values, neighbors) = TruncatedSvd.Run(matrix, options.Dimensions, PowerIterations, options.Seed, cancellationToken);

        // A·v = σ·u, so u·σ^p is A·v multiplied by σ^(p-1).
        for (var i = 0; i < values.Length; i++)
        {
            var weight = values[i] > 0 ? (float)Math.Pow(values[i], options.SingularPower - 1) : 0;
            VectorMath.Scale(neighbors[i], weight, neighbors[i]);
        }

        return new WordVectors(vocabulary.Words, matrix.Times(MatrixProduct.Transpose(neighbors), cancellationToken));
    }

    // log(#(w,c) · Σ_c #(c)^s / (#(w) · #(c)^s)) - log(shift); negative values become 0.
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
            .Select(pair =>
                (pair.Neighbor, Value: (float)(Math.Log(pair.Weight * total / (counts[pair.Word] * smoothed[pair.Neighbor])) - shift)))
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
