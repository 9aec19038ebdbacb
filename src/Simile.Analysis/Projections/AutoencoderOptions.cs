using Simile.Analysis.Projections;

namespace Simile.Analysis;

/// <summary>Options of an <see cref="Autoencoder"/> and its training.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Components of the code, at least 1.</summary>
    public int Components { get; init; } = 32;

    /// <summary>
    /// Widths of the hidden layers between rows and code, each at least 1; the decoder has the same in reverse. An empty list makes a
    /// linear network.
    /// </summary>
    public IReadOnlyList<int> Hidden { get; init; } = [512];

    /// <summary>The activation after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Maximum number of epochs, at least 1.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Rows per mini-batch, at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's learning rate, above 0; it decays to 1/20 over the epochs by a cosine schedule.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>
    /// The fraction of held-out rows, for early stopping: training ends when their error stops falling. 0 to less than 1; 0 for none.
    /// </summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>Patience: training ends after this many epochs without a lower held-out error, at least 1.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>The random seed of the initial weights and the shuffle of the rows.</summary>
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
            throw new ArgumentOutOfRangeException(nameof(Hidden), $"A layer's width must be 1 to {AutoencoderFile.MostWidth:N0}.");
        }

        if (!(LearningRate is > 0 and < 1e3 && HeldOut is >= 0 and < 1
            && Enum.IsDefined(Activation) && Hidden.Count <= AutoencoderFile.MostHidden))
        {
            throw new ArgumentException(
                "The learning rate must be above 0, the held-out fraction 0 to less than 1, "
                + $"the hidden layers at most {AutoencoderFile.MostHidden}, and the activation known.");
        }
    }
}

/// <summary>The activation function of a layer.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x · Φ(x), by the usual tanh approximation (Hendrycks and Gimpel 2016).</summary>
    Gelu,
}
