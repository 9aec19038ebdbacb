using System.Numerics.Tensors;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <content>Nearest words, analogies, and the odd one out.</content>
public sealed partial class WordVectors
{
    // Levy and Goldberg 2014: avoids a division by zero for a word opposite to a negative word.
    private const double Epsilon = 0.001;

    /// <summary>The words whose vectors are closest to a word's, best first; the word itself is left out.</summary>
    /// <param name="word">A word that has a vector.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <exception cref="ArgumentException">The word is unknown; the message suggests similar spellings.</exception>
    public IReadOnlyList<WordScore> Nearest(string word, int k = 10) => Analogy([word], [], k);

    /// <summary>The words whose vectors have the greatest cosine with a vector, best first.</summary>
    /// <param name="vector">As many numbers as <see cref="Dimensions"/>.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <exception cref="ArgumentException">The vector has another length, or holds NaN or infinity.</exception>
    public IReadOnlyList<WordScore> Nearest(ReadOnlySpan<float> vector, int k = 10)
    {
        VectorMath.ThrowIfUnfit(vector, new float[Dimensions]);
        return Best(Cosines(vector.ToArray()), k, []);
    }

    /// <summary>
    /// Words similar to <paramref name="positive"/> and dissimilar to <paramref name="negative"/>: ["king", "woman"] and ["man"] give
    /// "queen". 3CosAdd (Mikolov et al. 2013): the cosine with the mean of the unit vectors, where negative words have weight -1. The given
    /// words are left out.
    /// </summary>
    /// <param name="positive">Words with weight +1.</param>
    /// <param name="negative">Words with weight -1; may be empty.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <exception cref="ArgumentException">A word is unknown, or there are no words.</exception>
    public IReadOnlyList<WordScore> Analogy(IReadOnlyList<string> positive, IReadOnlyList<string> negative, int k = 10)
    {
        RequireSome(positive, negative);
        return Best(Cosines(Query(positive, negative)), k, RowsOf(positive, negative));
    }

    /// <summary>
    /// The same by 3CosMul (Levy and Goldberg 2014): the product of the cosines with the positive words, each scaled to [0, 1], divided by
    /// the product of those with the negative words. The scores are not cosines; they lie between 0 and 1000 for one negative word.
    /// </summary>
    /// <inheritdoc cref="Analogy"/>
    public IReadOnlyList<WordScore> AnalogyByProduct(IReadOnlyList<string> positive, IReadOnlyList<string> negative, int k = 10)
    {
        RequireSome(positive, negative);
        var scores = Enumerable.Repeat(1.0, Count).ToArray();
        foreach (var word in positive)
        {
            Multiply(scores, Cosines(this[word]), 1);
        }

        foreach (var word in negative)
        {
            Multiply(scores, Cosines(this[word]), -1);
        }

        return Best(Array.ConvertAll(scores, score => (float)score), k, RowsOf(positive, negative));
    }

    /// <summary>The cosine of two words' vectors.</summary>
    /// <exception cref="ArgumentException">A word is unknown.</exception>
    public float Similarity(string a, string b) => VectorMath.Cosine(this[a], this[b]);

    /// <summary>The words, sorted by their cosine with the mean of all unit vectors, smallest first: the first one fits least.</summary>
    /// <param name="words">Two or more.</param>
    /// <exception cref="ArgumentException">A word is unknown, or there are fewer than two.</exception>
    public IReadOnlyList<WordScore> OddOneOut(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (words.Count < 2)
        {
            throw new ArgumentException("One word is not enough to find the odd one out: give two or more.", nameof(words));
        }

        var mean = Query(words, []);
        return [.. words.Select(word => new WordScore(word, VectorMath.Cosine(this[word], mean))).OrderBy(score => score.Score)];
    }

    /// <summary>Words of the list with a similar spelling, nearest first; ties are in the order of the list.</summary>
    /// <param name="word">The word, possibly misspelled.</param>
    /// <param name="k">How many at most.</param>
    public IReadOnlyList<string> WrittenLike(string word, int k = 3)
    {
        ArgumentNullException.ThrowIfNull(word);
        return NearNames.Find(word, _words, k);
    }

    internal ArgumentException Unknown(string word)
    {
        var near = WrittenLike(word);
        var hint = near.Count > 0 ? $"; similar names: {string.Join(", ", near)}" : string.Empty;
        return new ArgumentException($"The word \"{Quoted.Of(word)}\" is not among the {Count:N0} words{hint}.");
    }

    /// <summary>The mean of the unit vectors of the words, where negative words have weight -1.</summary>
    internal float[] Query(IReadOnlyList<string> positive, IReadOnlyList<string> negative)
    {
        var query = new float[Dimensions];
        foreach (var (word, sign) in positive.Select(word => (word, 1f)).Concat(negative.Select(word => (word, -1f))))
        {
            WeightedRow.Add(VectorMath.Normalize(this[word]), sign / (positive.Count + negative.Count), query);
        }

        return query;
    }

    /// <summary>The cosine of a vector with that of each word.</summary>
    internal float[] Cosines(float[] query)
    {
        const int RowsAtOnce = 4096;
        var (unit, scores, inverse, vectors) = (VectorMath.Normalize(query), new float[Count], _inverseNorms.Value, Vectors);
        EachCore.Run((Count + RowsAtOnce - 1) / RowsAtOnce, part =>
        {
            for (var row = part * RowsAtOnce; row < Math.Min(Count, (part + 1) * RowsAtOnce); row++)
            {
                scores[row] = TensorPrimitives.Dot(vectors[row], unit) * inverse[row];
            }
        }, default);
        return scores;
    }

    private static void RequireSome(IReadOnlyList<string> positive, IReadOnlyList<string> negative)
    {
        ArgumentNullException.ThrowIfNull(positive);
        ArgumentNullException.ThrowIfNull(negative);
        if (positive.Count == 0)
        {
            throw new ArgumentException("There is no positive word: give at least one.", nameof(positive));
        }
    }

    private static void Multiply(double[] scores, float[] cosines, int power)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var factor = (1 + cosines[i]) / 2.0;
            scores[i] *= power > 0 ? factor : 1 / (factor + Epsilon);
        }
    }

    private HashSet<int> RowsOf(IReadOnlyList<string> positive, IReadOnlyList<string> negative) =>
        [.. positive.Concat(negative).Select(IndexOf)];

    private WordScore[] Best(float[] scores, int k, HashSet<int> without)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var best = new PriorityQueue<int, (float Score, int Later)>();
        for (var row = 0; row < scores.Length; row++)
        {
            if (best.Count == k && best.TryPeek(out _, out var worst) && scores[row] <= worst.Score)
            {
                continue;
            }

            if (!without.Contains(row))
            {
                _ = best.Count < k ? Add(best, row, scores[row]) : best.EnqueueDequeue(row, (scores[row], -row));
            }
        }

        var found = new WordScore[best.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            var row = best.Dequeue();
            found[i] = new WordScore(_words[row], scores[row]);
        }

        return found;
    }

    private static int Add(PriorityQueue<int, (float Score, int Later)> best, int row, float score)
    {
        best.Enqueue(row, (score, -row));
        return row;
    }

    // A zero vector has cosine 0 with every vector.
    private static float[] InverseNorms(VectorMatrix vectors)
    {
        const int RowsAtOnce = 4096;
        var inverse = new float[vectors.Count];
        EachCore.Run((vectors.Count + RowsAtOnce - 1) / RowsAtOnce, part =>
        {
            for (var row = part * RowsAtOnce; row < Math.Min(vectors.Count, (part + 1) * RowsAtOnce); row++)
            {
                var norm = VectorMath.Norm(vectors[row]);
                inverse[row] = norm > 0 ? 1 / norm : 0;
            }
        }, default);
        return inverse;
    }
}
