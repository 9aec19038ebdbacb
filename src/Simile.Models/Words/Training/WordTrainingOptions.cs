namespace Simile.Models;

/// <summary>What is predicted while words are learnt.</summary>
public enum WordModel
{
    /// <summary>A word's neighbors from the word: slower, and better for rare words (Mikolov et al. 2013).</summary>
    SkipGram,

    /// <summary>A word from the mean of its neighbors: three times as fast.</summary>
    Cbow,
}

/// <summary>How text is cut into words.</summary>
public enum WordSplit
{
    /// <summary>At blanks and line ends, as the original tools do.</summary>
    Blanks,

    /// <summary>Small letters a to z and digits, with an apostrophe inside: <c>[a-z0-9]+(?:'[a-z]+)?</c> of the text in small letters.</summary>
    Words,
}

/// <summary>How words are learnt from texts; the defaults are those of gensim and word2vec.</summary>
public sealed record WordTrainingOptions
{
    /// <summary>What is predicted.</summary>
    public WordModel Model { get; init; } = WordModel.SkipGram;

    /// <summary>Components of each vector, 1 to 4096.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>The farthest neighbor that is looked at, in words; for each word a number from 1 to this is drawn.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Words that are seen fewer times are left out, as if they did not stand there.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>Negative samples for each word that is predicted; 0 where <see cref="HierarchicalSoftmax"/> alone is used.</summary>
    public int Negative { get; init; } = 5;

    /// <summary>The power of a word's count by which it is drawn as a negative sample.</summary>
    public double NegativePower { get; init; } = 0.75;

    /// <summary>Whether words are predicted by their path in a Huffman tree in the place of negative samples.</summary>
    public bool HierarchicalSoftmax { get; init; }

    /// <summary>The share of all words above which a word is left out by chance; 0 keeps all. fastText's default is 1e-4.</summary>
    public double Sample { get; init; } = 1e-3;

    /// <summary>The learning rate at the beginning. fastText's default is 0.05.</summary>
    public double Rate { get; init; } = 0.025;

    /// <summary>The learning rate at the end.</summary>
    public double LastRate { get; init; } = 1e-4;

    /// <summary>How often the texts are gone through.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The shortest n-gram of letters, with &lt; and &gt; around the word; without a meaning where <see cref="MaxN"/> is 0.</summary>
    public int MinN { get; init; } = 3;

    /// <summary>The longest n-gram; 0 learns whole words alone, 6 is fastText's default.</summary>
    public int MaxN { get; init; }

    /// <summary>Rows that n-grams share by their hash.</summary>
    public int Buckets { get; init; } = 2_000_000;

    /// <summary>How text is cut into words.</summary>
    public WordSplit Split { get; init; } = WordSplit.Blanks;

    /// <summary>Whether words are taken in small letters.</summary>
    public bool Lowercase { get; init; }

    /// <summary>With one thread the same seed gives the same vectors to the bit; several threads write the same numbers at once, as in the original.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 takes all cores.</summary>
    public int Threads { get; init; }

    /// <summary>A file that keeps the work where it is interrupted, and from time to time; the next run with the same texts and options goes on from there. Null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Refuses values that have no meaning.</summary>
    /// <exception cref="ArgumentException">The message says which, and why.</exception>
    public void Validate()
    {
        Require(Dimensions is >= 1 and <= 4096, $"Vectors of {Dimensions} dimensions cannot be trained: take 1 to 4096.");
        Require(Window is >= 1 and <= 1000, $"A window of {Window} words cannot be: take 1 to 1000.");
        Require(MinCount >= 1, $"The least count of a word is 1 or more, not {MinCount}.");
        Require(Negative is >= 0 and <= 1000, $"{Negative} negative samples cannot be drawn: take 0 to 1000.");
        Require(Negative > 0 || HierarchicalSoftmax, "Without negative samples and without hierarchical softmax nothing is learnt: take one of them.");
        Require(Negative == 0 || !HierarchicalSoftmax, "Negative samples and hierarchical softmax do not go together: set Negative to 0 for the latter.");
        Require(Sample >= 0 && double.IsFinite(Sample), $"The sampling threshold is at least 0, not {Sample}.");
        Require(Rate > 0 && double.IsFinite(Rate) && LastRate >= 0 && LastRate <= Rate, $"The learning rate falls from a number above 0 to a smaller one, not from {Rate} to {LastRate}.");
        Require(Epochs >= 1, $"The texts are gone through at least once, not {Epochs} times.");
        Require(MaxN == 0 || (MinN >= 1 && MinN <= MaxN && Buckets >= 1), $"N-grams of {MinN} to {MaxN} letters in {Buckets} buckets cannot be: the least is 1, and not above the most.");
        Require(Threads >= 0, $"{Threads} threads cannot work: take 0 for all cores.");
    }

    private static void Require(bool met, string complaint)
    {
        if (!met)
        {
            throw new ArgumentException(complaint);
        }
    }
}

/// <summary>How far training is.</summary>
/// <param name="Stage">What is done: "words read", "words learnt".</param>
/// <param name="Done">How many.</param>
/// <param name="Total">How many there will be; 0 where that is unknown.</param>
public readonly record struct WordTrainingProgress(string Stage, long Done, long Total);
