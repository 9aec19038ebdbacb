using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>How <see cref="LsaTraining"/> makes a model of texts.</summary>
public sealed record LsaOptions
{
    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>Words that fewer texts hold are left out.</summary>
    public int MinTexts { get; init; } = 2;

    /// <summary>Words that more than this share of the texts hold are left out, from 0 to 1.</summary>
    public double MaxShare { get; init; } = 1;

    /// <summary>At most so many words, those in most texts first.</summary>
    public int MaxWords { get; init; } = 200_000;

    /// <summary>The same seed gives the same model to the bit.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Makes a model of texts by factorizing the matrix of texts and words: TF-IDF, then a truncated SVD (latent semantic analysis, Deerwester et al. 1990).
/// The weights are those of scikit-learn's TfidfVectorizer: idf = ln((1 + n) / (1 + texts with the word)) + 1, each text of length 1.
/// </summary>
public static class LsaTraining
{
    private const int PowerIterations = 8;

    /// <summary>Makes the model and writes its folder, which <see cref="TextEmbedder.Load(string)"/> and <c>--model</c> take.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="folder">Made where it is missing; files of the same names are replaced.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>How many words the model knows.</returns>
    /// <exception cref="ArgumentException">An option has no meaning, or there are fewer texts or words than dimensions.</exception>
    public static int Run(IReadOnlyList<string> texts, string folder, LsaOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions < 1 || options.MinTexts < 1 || options.MaxWords < 1 || !(options.MaxShare is > 0 and <= 1))
        {
            throw new ArgumentException("Dimensions, texts and words are at least 1, and the share lies above 0 and is at most 1.", nameof(options));
        }

        var terms = new List<string>[texts.Count];
        EachCore.Run(texts.Count, i => terms[i] = LsaTerms.Of(texts[i]), cancellationToken);
        var (words, idf) = Words(terms, options);
        if (options.Dimensions > Math.Min(words.Length, texts.Count))
        {
            throw new ArgumentException($"{texts.Count:N0} texts with {words.Length:N0} words cannot have vectors of {options.Dimensions} dimensions: take at most {Math.Min(words.Length, texts.Count):N0}.", nameof(options));
        }

        var rows = words.Select((word, row) => (word, row)).ToDictionary(entry => entry.word, entry => entry.row, StringComparer.Ordinal);
        var matrix = new SparseRows(terms.Select(text => LsaTerms.Weights(text, rows, idf)), words.Length);
        var (_, vectors) = TruncatedSvd.Run(matrix, options.Dimensions, PowerIterations, options.Seed, cancellationToken);
        using var model = new LsaEncoder(words, idf, TruncatedSvd.Turn(vectors));
        model.Save(folder);
        return words.Length;
    }

    private static (string[] Words, float[] Idf) Words(List<string>[] terms, LsaOptions options)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in terms.SelectMany(text => text.Distinct()))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        var kept = counts.Where(count => count.Value >= options.MinTexts && count.Value <= options.MaxShare * terms.Length)
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .Take(options.MaxWords)
            .ToArray();
        return (Array.ConvertAll(kept, count => count.Key), Array.ConvertAll(kept, count => (float)(Math.Log((1.0 + terms.Length) / (1 + count.Value)) + 1)));
    }
}
