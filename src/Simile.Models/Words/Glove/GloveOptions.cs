namespace Simile.Models;

/// <summary>How GloVe learns (Pennington, Socher and Manning 2014); the defaults are those of its own program.</summary>
public sealed record GloveOptions
{
    /// <summary>Components of each vector, 1 to 4096.</summary>
    public int Dimensions { get; init; } = 50;

    /// <summary>The farthest neighbor, in words, before and behind; one at distance d counts 1/d.</summary>
    public int Window { get; init; } = 15;

    /// <summary>Words that are seen fewer times are left out.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>x_max: from this weight on all pairs count the same.</summary>
    public double MaxWeight { get; init; } = 100;

    /// <summary>The power by which rarer pairs count less.</summary>
    public double Power { get; init; } = 0.75;

    /// <summary>The learning rate at the beginning.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>How often all pairs are gone through.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>How text is cut into words.</summary>
    public WordSplit Split { get; init; } = WordSplit.Blanks;

    /// <summary>Whether words are taken in small letters.</summary>
    public bool Lowercase { get; init; }

    /// <summary>With one thread the same seed gives the same vectors to the bit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 takes all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes that pairs may take in memory, about; what is more goes to files among the system's temporary ones.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>A file that keeps the work after every tenth epoch; the next run with the same texts and options goes on from there. Null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Refuses values that have no meaning.</summary>
    /// <exception cref="ArgumentException">The message says which, and why.</exception>
    public void Validate()
    {
        Require(Dimensions is >= 1 and <= 4096, $"Vectors of {Dimensions} dimensions cannot be trained: take 1 to 4096.");
        Require(Window is >= 1 and <= 1000, $"A window of {Window} words cannot be: take 1 to 1000.");
        Require(MinCount >= 1, $"The least count of a word is 1 or more, not {MinCount}.");
        Require(MaxWeight > 0 && Power >= 0 && Rate > 0, $"x_max ({MaxWeight}) and the rate ({Rate}) are above 0, the power ({Power}) at least 0.");
        Require(Epochs >= 1, $"The pairs are gone through at least once, not {Epochs} times.");
        Require(Threads >= 0 && Memory > 0, $"{Threads} threads and {Memory} bytes cannot be: take 0 threads for all cores, and some memory.");
    }

    private static void Require(bool met, string complaint)
    {
        if (!met)
        {
            throw new ArgumentException(complaint);
        }
    }
}
