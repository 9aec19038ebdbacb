using Simile.Analysis.Projections;

namespace Simile.Analysis;

/// <summary>How an <see cref="Autoencoder"/> is made and trained.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Components of the code, at least 1.</summary>
    public int Components { get; init; } = 32;

    /// <summary>Widths of the hidden layers between rows and code, each at least 1; the decoder has the same in reverse. None makes a linear network.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [512];

    /// <summary>What follows each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Most passes over the rows, at least 1.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Rows that are learned from at once, at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's step, above 0; it falls to a twentieth over the epochs along a cosine.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>The share of rows that are not learned from: training ends when their error stops falling. 0 to less than 1; 0 for none.</summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>Epochs without a lower held-out error after which training ends, at least 1.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Seeds the weights and the order of the rows.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Components, 1);
        ArgumentNullException.ThrowIfNull(Hidden);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        if (!Hidden.All(width => width is >= 1 and <= AutoencoderFile.MostWidth) || Components > AutoencoderFile.MostWidth)
        {
            throw new ArgumentOutOfRangeException(nameof(Hidden), $"Layers have 1 to {AutoencoderFile.MostWidth:N0} numbers.");
        }

        if (!(LearningRate is > 0 and < 1e3 && HeldOut is >= 0 and < 1 && Enum.IsDefined(Activation) && Hidden.Count <= AutoencoderFile.MostHidden))
        {
            throw new ArgumentException(
                $"A learning rate is above 0, a held-out share 0 to less than 1, and there are at most {AutoencoderFile.MostHidden} hidden layers of a known activation.");
        }
    }
}

/// <summary>What a layer of a network does with each number.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x · Φ(x), by the usual tanh formula (Hendrycks and Gimpel 2016).</summary>
    Gelu,
}
