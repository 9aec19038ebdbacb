namespace Simile.Models;

/// <summary>
/// Training options of <see cref="FastTextClassifier"/> (Joulin et al. 2017); the defaults are those of fastText's supervised mode.
/// </summary>
public sealed record FastTextClassifierOptions
{
    /// <summary>Components of each vector, 1 to 4096.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>The initial learning rate; it falls linearly to 0.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>Number of passes over the texts.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Words that occur fewer times are left out.</summary>
    public int MinCount { get; init; } = 1;

    /// <summary>The maximum length of word n-grams; 2 adds pairs of words as features.</summary>
    public int WordNgrams { get; init; } = 1;

    /// <summary>The minimum length of character n-grams.</summary>
    public int MinN { get; init; }

    /// <summary>The maximum length of character n-grams; 0 disables them.</summary>
    public int MaxN { get; init; }

    /// <summary>Number of hash buckets for character and word n-grams; n-grams with the same bucket share a row.</summary>
    public int Buckets { get; init; } = 2_000_000;

    /// <summary>With one thread, the same seed gives a bit-identical model.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads; 0 uses all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Checks that all values are in range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which one and why.</exception>
    public void Validate()
    {
        if (Dimensions is < 1 or > 4096 || Epochs < 1 || MinCount < 1
            || WordNgrams < 1 || Threads < 0 || !(Rate > 0 && double.IsFinite(Rate)))
        {
            throw new ArgumentException(
                "Dimensions must be 1 to 4096; epochs, the minimum count and the word n-grams at least 1; the learning rate above 0; "
                + "threads at least 0, where 0 uses all cores.");
        }

        if (MaxN > 0 && (MinN < 1 || MinN > MaxN))
        {
            throw new ArgumentException(
                $"The n-grams have {MinN} to {MaxN} letters, but the minimum must be at least 1 and at most the maximum.");
        }

        if ((WordNgrams > 1 || MaxN > 0) && Buckets < 1)
        {
            throw new ArgumentException("N-grams need at least 1 bucket.");
        }
    }
}
