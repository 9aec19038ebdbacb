using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Vocabulary limits and dimensions of <see cref="LsaTraining"/>.</summary>
public sealed record LsaOptions
{
    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>Words that occur in fewer texts are left out.</summary>
    public int MinTexts { get; init; } = 2;

    /// <summary>Words that occur in more than this share of the texts are left out; from 0 to 1.</summary>
    public double MaxShare { get; init; } = 1;

    /// <summary>Maximum vocabulary size; the words that occur in the most texts are kept.</summary>
    public int MaxWords { get; init; } = 200_000;

    /// <summary>The same seed gives a bit-identical model.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Trains a text encoder by factorizing the text-word matrix: TF-IDF, then a truncated SVD (latent semantic analysis, Deerwester et al.
/// 1990). The weights are those of scikit-learn's TfidfVectorizer: idf = ln((1 + n) / (1 + texts with the word)) + 1, and each text is
/// normalized to length 1.
/// </summary>
public static class LsaTraining
{
    private const int PowerIterations = 8;

    /// <summary>Trains the model and writes its folder, which <see cref="TextEmbedder.Load(string)"/> and <c>--model</c> load.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="folder">The output folder. It is created if it does not exist; existing files of the same names are replaced.</param>
    /// <param name="options">The training options.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <returns>The size of the vocabulary.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer texts or words than dimensions.</exception>
    public static int Run(IReadOnlyList<string> texts, string folder, LsaOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions < 1 || options.MinTexts < 1 || options.MaxWords < 1 || !(options.MaxShare is > 0 and <= 1))
        {
            throw new ArgumentException(
                "Dimensions, texts and words must be at least 1, and the share above 0 and at most 1.", nameof(options));
        }

        var terms = new List<string>[texts.Count];
        EachCore.Run(texts.Count, i => terms[i] = LsaTerms.Of(texts[i]), cancellationToken);
        var (words, idf) = Words(terms, options);
        if (words.Length == 0)
        {
            throw new ArgumentException(
                $"There are no words that occur in at least {options.MinTexts:N0} of the {texts.Count:N0} texts: "
                + "use more text, or a smaller minimum.",
                nameof(texts));
        }

        if (options.Dimensions > Math.Min(words.Length, texts.Count))
        {
            throw new ArgumentException(
                $"{texts.Count:N0} texts with {words.Length:N0} words are too few for vectors of {options.Dimensions} dimensions: "
                + $"use at most {Math.Min(words.Length, texts.Count):N0}.",
                nameof(options));
        }

        var rows = words.Select((word, row) => (word, row)).ToDictionary(entry => entry.word, entry => entry.row, StringComparer.Ordinal);
        var matrix = new SparseRows(terms.Select(text => LsaTerms.Weights(text, rows, idf)), words.Length);
        var (_, vectors) = TruncatedSvd.Run(matrix, options.Dimensions, PowerIterations, options.Seed, cancellationToken);
        using var model = new LsaEncoder(words, idf, MatrixProduct.Transpose(vectors));
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
        return (Array.ConvertAll(kept, count => count.Key),
            Array.ConvertAll(kept, count => (float)(Math.Log((1.0 + terms.Length) / (1 + count.Value)) + 1)));
    }
}
