using System.Numerics.Tensors;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>How <see cref="SifSentences"/> weighs words.</summary>
public sealed record SifOptions
{
    /// <summary>a: a word of the share p of all words weighs a / (a + p). The paper's is 1e-3.</summary>
    public double Weight { get; init; } = 1e-3;

    /// <summary>Directions that sentences have in common and that are taken away: 1 in the paper, 0 for none.</summary>
    public int CommonComponents { get; init; } = 1;

    /// <summary>How often each word was seen, in the order of the word vectors. Null: the word of rank r is seen 1/r as often as the first (Zipf), which holds for files in the order of frequency.</summary>
    public IReadOnlyList<long>? Counts { get; init; }
}

/// <summary>
/// Vectors of sentences from vectors of words: the mean, rare words weighing more, less what all sentences have in common
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
        var shares = options.Counts is { } counts ? [.. counts.Select(count => (double)count)] : Enumerable.Range(1, vectors.Count).Select(rank => 1.0 / rank).ToArray();
        var total = shares.Sum();
        _weights = Array.ConvertAll(shares, share => (float)(options.Weight / (options.Weight + (share / total))));
    }

    private SifSentences(SifSentences plain, VectorMatrix common) => (_vectors, _words, _weights, _common) = (plain._vectors, plain._words, plain._weights, common);

    /// <summary>Finds what sentences have in common.</summary>
    /// <param name="vectors">The words; the caller disposes them, after this.</param>
    /// <param name="sentences">Sentences of the kind that will be compared, more than <see cref="SifOptions.CommonComponents"/>.</param>
    /// <param name="options">How words weigh; null for the paper's.</param>
    /// <exception cref="ArgumentException">An option has no meaning, or the counts are not one a word.</exception>
    public static SifSentences Fit(WordVectors vectors, IReadOnlyList<string> sentences, SifOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(sentences);
        options ??= new SifOptions();
        if (!(options.Weight > 0) || options.CommonComponents < 0 || options.CommonComponents > vectors.Dimensions || (options.Counts is { } counts && (counts.Count != vectors.Count || counts.Any(count => count < 0) || counts.Sum() == 0)))
        {
            throw new ArgumentException($"The weight is above 0, the common components are 0 to {vectors.Dimensions}, and the counts are one for each of the {vectors.Count:N0} words.", nameof(options));
        }

        var plain = new SifSentences(vectors, options);
        if (options.CommonComponents == 0 || sentences.Count == 0)
        {
            return plain;
        }

        var axes = SymmetricEigen.Decompose(SecondMoments(plain.Embed(sentences))).Vectors;
        return new SifSentences(plain, new VectorMatrix(axes.AsSpan()[..(options.CommonComponents * vectors.Dimensions)].ToArray(), vectors.Dimensions));
    }

    /// <summary>The vector of a sentence; zeros where none of its words is known.</summary>
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
        var turned = TruncatedSvd.Turn(rows);
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
