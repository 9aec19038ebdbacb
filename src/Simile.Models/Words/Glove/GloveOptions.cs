namespace Simile.Models;

/// <summary>Options of GloVe (Pennington, Socher and Manning 2014); the defaults are those of the original program.</summary>
public sealed record GloveOptions
{
    /// <summary>Components of each vector, 1 to 4096.</summary>
    public int Dimensions { get; init; } = 50;

    /// <summary>
    /// The window size: the greatest distance of a neighbor, in words, on both sides. A neighbor at distance d has weight 1/d.
    /// </summary>
    public int Window { get; init; } = 15;

    /// <summary>Words that occur fewer times are left out.</summary>
    public int MinCount { get; init; } = 5;

    /// <summary>x_max: pairs with at least this co-occurrence weight count fully in the loss.</summary>
    public double MaxWeight { get; init; } = 100;

    /// <summary>α: the exponent that reduces the weight of rarer pairs in the loss.</summary>
    public double Power { get; init; } = 0.75;

    /// <summary>The initial learning rate.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>Number of passes over all pairs.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>How text is split into words.</summary>
    public WordSplit Split { get; init; } = WordSplit.Blanks;

    /// <summary>Whether words are converted to lower case.</summary>
    public bool Lowercase { get; init; }

    /// <summary>With one thread, the same seed gives bit-identical vectors.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads; 0 uses all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Approximate memory limit in bytes for the pairs; the rest is written to temporary files.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>
    /// The checkpoint file, written after every tenth epoch. The next run with the same texts and options resumes from it. Null: no
    /// checkpoint.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>Checks that all values are in range.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which one and why.</exception>
    public void Validate()
    {
        Require(Dimensions is >= 1 and <= 4096, $"The dimensions are {Dimensions}, but must be 1 to 4096.");
        Require(Window is >= 1 and <= 1000, $"The window is {Window} words, but must be 1 to 1000.");
        Require(MinCount >= 1, $"The minimum count is {MinCount}, but must be at least 1.");
        Require(
            MaxWeight > 0 && Power >= 0 && Rate > 0,
            $"x_max ({MaxWeight}) and the learning rate ({Rate}) must be above 0, and the power ({Power}) at least 0.");
        Require(Epochs >= 1, $"The number of epochs is {Epochs}, but must be at least 1.");
        Require(
            Threads >= 0 && Memory > 0,
            $"The number of threads is {Threads} and the memory {Memory} bytes: "
            + "threads must be at least 0 (0 uses all cores), and memory above 0.");
    }

    private static void Require(bool met, string complaint)
    {
        if (!met)
        {
            throw new ArgumentException(complaint);
        }
    }
}
