namespace Simile.Models;

/// <summary>How <see cref="FastTextClassifier"/> learns (Joulin et al. 2017); the defaults are those of fastText's supervised mode.</summary>
public sealed record FastTextClassifierOptions
{
    /// <summary>Components of each vector, 1 to 4096.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>The learning rate at the beginning; it falls to 0.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>How often the texts are gone through.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Words that are seen fewer times are left out.</summary>
    public int MinCount { get; init; } = 1;

    /// <summary>The longest run of words that counts as one feature; 2 learns pairs of words too.</summary>
    public int WordNgrams { get; init; } = 1;

    /// <summary>The shortest n-gram of letters.</summary>
    public int MinN { get; init; }

    /// <summary>The longest n-gram of letters; 0 learns none.</summary>
    public int MaxN { get; init; }

    /// <summary>Rows that n-grams of letters and words share by their hash.</summary>
    public int Buckets { get; init; } = 2_000_000;

    /// <summary>With one thread the same seed gives the same model to the bit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 takes all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Refuses values that have no meaning.</summary>
    /// <exception cref="ArgumentException">The message says which, and why.</exception>
    public void Validate()
    {
        if (Dimensions is < 1 or > 4096 || Epochs < 1 || MinCount < 1 || WordNgrams < 1 || Threads < 0 || !(Rate > 0 && double.IsFinite(Rate)))
        {
            throw new ArgumentException("Dimensions are 1 to 4096; epochs, the least count and the n-grams of words at least 1; the rate is above 0; and threads are 0 for all cores.");
        }

        if (MaxN > 0 && (MinN < 1 || MinN > MaxN))
        {
            throw new ArgumentException($"N-grams of {MinN} to {MaxN} letters cannot be: the least is 1, and not above the most.");
        }

        if ((WordNgrams > 1 || MaxN > 0) && Buckets < 1)
        {
            throw new ArgumentException("N-grams need buckets: take at least 1.");
        }
    }
}
