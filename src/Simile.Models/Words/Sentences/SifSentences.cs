using System.Numerics.Tensors;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>How <see cref="SifSentences"/> weights words, and how many common components it removes.</summary>
public sealed record SifOptions
{
    /// <summary>a: a word with relative frequency p gets the weight a / (a + p). The paper uses 1e-3.</summary>
    public double Weight { get; init; } = 1e-3;

    /// <summary>Number of common components (principal directions of the sentences) to remove; 1 in the paper, 0 for none.</summary>
    public int CommonComponents { get; init; } = 1;

    /// <summary>
    /// The count of each word, in the order of the word vectors. If null, the word of rank r is assumed to be 1/r as frequent as the first
    /// one (Zipf); this fits files sorted by frequency.
    /// </summary>
    public IReadOnlyList<long>? Counts { get; init; }
}

/// <summary>
/// Sentence vectors from word vectors: the weighted mean, with greater weights for rare words, minus the common components
/// (smooth inverse frequency, Arora, Liang and Ma 2017).
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SifSentences
{
    private readonly WordVectors _vectors;
    private readonly TextWords _words;
    private readonly float[] _weights;
    private readonly VectorMatrix _common;

    private SifSentences(WordVectors vectors, SifOptions options)
    {
        (_vectors, _words, _common) = (vectors, new TextWords(vectors), new VectorMatrix(0, vectors.Dimensions));
        var shares = options.Counts is { } counts
            ? [.. counts.Select(count => (double)count)]
            : Enumerable.Range(1, vectors.Count).Select(rank => 1.0 / rank).ToArray();
        var total = shares.Sum();
        _weights = Array.ConvertAll(shares, share => (float)(options.Weight / (options.Weight + (share / total))));
    }

    private SifSentences(SifSentences plain, VectorMatrix common) =>
        (_vectors, _words, _weights, _common) = (plain._vectors, plain._words, plain._weights, common);

    /// <summary>Estimates the common components from example sentences.</summary>
    /// <param name="vectors">The word vectors. Not owned: the caller disposes them after this object.</param>
    /// <param name="sentences">Example sentences, similar to those that will be compared; more than
    /// <see cref="SifOptions.CommonComponents"/>.</param>
    /// <param name="options">The options; null for those of the paper.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there is not one count per word.</exception>
    public static SifSentences Fit(WordVectors vectors, IReadOnlyList<string> sentences, SifOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(sentences);
        options ??= new SifOptions();
        if (!(options.Weight > 0) || options.CommonComponents < 0 || options.CommonComponents > vectors.Dimensions
            || (options.Counts is { } counts && (counts.Count != vectors.Count || counts.Any(count => count < 0) || counts.Sum() == 0)))
        {
            throw new ArgumentException(
                $"The weight must be above 0, the common components 0 to {vectors.Dimensions}, "
                + $"and there must be one count for each of the {vectors.Count:N0} words.",
                nameof(options));
        }

        var plain = new SifSentences(vectors, options);
        if (options.CommonComponents == 0 || sentences.Count == 0)
        {
            return plain;
        }

        var axes = SymmetricEigen.Decompose(SecondMoments(plain.Embed(sentences))).Vectors;
        return new SifSentences(
            plain, new VectorMatrix(axes.AsSpan()[..(options.CommonComponents * vectors.Dimensions)].ToArray(), vectors.Dimensions));
    }

    /// <summary>The vector of a sentence; zeros if none of its words is known.</summary>
    public float[] Embed(string sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return Embed([sentence]).AsSpan().ToArray();
    }

    /// <summary>The vectors of sentences, row i for sentence i.</summary>
    public VectorMatrix Embed(IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        var result = new VectorMatrix(sentences.Count, _vectors.Dimensions);
        EachCore.Run(sentences.Count, i => Embed(sentences[i], result[i]), default);
        return result;
    }

    private void Embed(string sentence, Span<float> sum)
    {
        var (known, unknown, vector) = (new List<int>(), new List<string>(), new float[_vectors.Dimensions]);
        _words.Find(sentence, known, unknown);
        foreach (var row in known)
        {
            _vectors.Copy(row, vector);
            TensorPrimitives.MultiplyAdd(vector, _weights[row] / known.Count, sum, sum);
        }

        for (var i = 0; i < _common.Count; i++)
        {
            TensorPrimitives.MultiplyAdd(_common[i], -TensorPrimitives.Dot<float>(_common[i], sum), sum, sum);
        }
    }

    private static VectorMatrix SecondMoments(VectorMatrix rows)
    {
        var turned = MatrixProduct.Transpose(rows);
        var moments = new VectorMatrix(rows.Dimensions, rows.Dimensions);
        EachCore.Run(rows.Dimensions, i =>
        {
            for (var j = 0; j < rows.Dimensions; j++)
            {
                moments[i][j] = TensorPrimitives.Dot<float>(turned[i], turned[j]) / rows.Count;
            }
        }, default);
        return moments;
    }
}
