namespace Simile.Models;

/// <summary>How a classifier's outputs become probabilities.</summary>
public enum ClassScores
{
    /// <summary>Softmax over all classes: exactly one class applies.</summary>
    Softmax,

    /// <summary>Sigmoid of each output: several classes may apply.</summary>
    Sigmoid,

    /// <summary>No activation: the outputs are probabilities.</summary>
    Probabilities,
}
