namespace Simile.Models;

/// <summary>The training objective of word vectors.</summary>
public enum WordModel
{
    /// <summary>Predicts the neighbors from the word: slower, and better for rare words (Mikolov et al. 2013).</summary>
    SkipGram,

    /// <summary>Predicts the word from the mean of its neighbors: three times as fast.</summary>
    Cbow,
}

/// <summary>How text is split into words.</summary>
public enum WordSplit
{
    /// <summary>At whitespace, like the original tools.</summary>
    Blanks,

    /// <summary>
    /// Matches of <c>[a-z0-9]+(?:'[a-z]+)?</c> in the text in lower case: letters a to z and digits, with an apostrophe inside.
    /// </summary>
    Words,
}

/// <summary>Options of <see cref="WordTraining"/>; the defaults are those of gensim and word2vec.</summary>
public sealed record WordTrainingOptions
{
    /// <summary>The training objective.</summary>
    public WordModel Model { get; init; } = WordModel.SkipGram;

    /// <summary>Components of each vector, 1 to 4096.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>The maximum window size, in words; the window of each word is drawn at random from 1 to this number.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Words that occur fewer times are removed before the window is applied.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>Number of negative samples per predicted word; 0 if <see cref="HierarchicalSoftmax"/> is used.</summary>
    public int Negative { get; init; } = 5;

    /// <summary>The exponent of the word counts in the distribution of negative samples.</summary>
    public double NegativePower { get; init; } = 0.75;

    /// <summary>Whether to use hierarchical softmax (paths in a Huffman tree) instead of negative samples.</summary>
    public bool HierarchicalSoftmax { get; init; }

    /// <summary>
    /// The subsampling threshold: words with a greater relative frequency are skipped at random; 0 keeps all words. fastText's default is
    /// 1e-4.
    /// </summary>
    public double Sample { get; init; } = 1e-3;

    /// <summary>The initial learning rate. fastText's default is 0.05.</summary>
    public double Rate { get; init; } = 0.025;

    /// <summary>The final learning rate.</summary>
    public double LastRate { get; init; } = 1e-4;

    /// <summary>Number of passes over the texts.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The minimum length of character n-grams, with &lt; and &gt; around the word; ignored if <see cref="MaxN"/> is 0.</summary>
    public int MinN { get; init; } = 3;

    /// <summary>The maximum length of character n-grams; 0 trains whole words only, fastText's default is 6.</summary>
    public int MaxN { get; init; }

    /// <summary>Number of hash buckets of the n-grams; n-grams in the same bucket share a row.</summary>
    public int Buckets { get; init; } = 2_000_000;

    /// <summary>How text is split into words.</summary>
    public WordSplit Split { get; init; } = WordSplit.Blanks;

    /// <summary>Whether words are converted to lower case.</summary>
    public bool Lowercase { get; init; }

    /// <summary>
    /// With one thread, the same seed gives bit-identical vectors. Several threads update the same numbers without locks, as in word2vec,
    /// so their results differ slightly.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads; 0 uses all cores.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// The checkpoint file, written periodically and on cancellation. The next run with the same texts and options resumes from it. Null:
    /// no checkpoint.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>Checks that all values are in range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which one and why.</exception>
    public void Validate()
    {
        Require(Dimensions is >= 1 and <= 4096, $"The dimensions are {Dimensions}, but must be 1 to 4096.");
        Require(Window is >= 1 and <= 1000, $"The window is {Window} words, but must be 1 to 1000.");
        Require(MinCount >= 1, $"The minimum count is {MinCount}, but must be at least 1.");
        Require(Negative is >= 0 and <= 1000, $"The number of negative samples is {Negative}, but must be 0 to 1000.");
        Require(Negative > 0 || HierarchicalSoftmax, "Training needs negative samples or hierarchical softmax: choose one of them.");
        Require(
            Negative == 0 || !HierarchicalSoftmax,
            "Negative samples and hierarchical softmax cannot be combined: set Negative to 0 for hierarchical softmax.");
        Require(Sample >= 0 && double.IsFinite(Sample), $"The sampling threshold is {Sample}, but must be at least 0.");
        Require(
            Rate > 0 && double.IsFinite(Rate) && LastRate >= 0 && LastRate <= Rate,
            $"The learning rate falls from {Rate} to {LastRate}, but must start above 0 and end between 0 and its start.");
        Require(Epochs >= 1, $"The number of epochs is {Epochs}, but must be at least 1.");
        Require(
            MaxN == 0 || (MinN >= 1 && MinN <= MaxN && Buckets >= 1),
            $"The n-grams have {MinN} to {MaxN} letters in {Buckets} buckets, but the minimum must be at least 1 and at most the maximum, "
            + "with at least 1 bucket.");
        Require(Threads >= 0, $"The number of threads is {Threads}, but must be at least 0; 0 uses all cores.");
    }

    private static void Require(bool met, string complaint)
    {
        if (!met)
        {
            throw new ArgumentException(complaint);
        }
    }
}

/// <summary>How far a training of word vectors is.</summary>
/// <param name="Stage">The unit of the numbers, such as "words read" or "words learned".</param>
/// <param name="Done">The number of finished units.</param>
/// <param name="Total">The total number of units; 0 if unknown.</param>
public readonly record struct WordTrainingProgress(string Stage, long Done, long Total);
