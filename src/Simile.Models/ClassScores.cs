namespace Simile.Models;

/// <summary>What makes probabilities of the numbers that a classifier gives its classes.</summary>
public enum ClassScores
{
    /// <summary>The softmax over all classes: a thing is of one of them.</summary>
    Softmax,

    /// <summary>The sigmoid of each: a thing may be of several.</summary>
    Sigmoid,

    /// <summary>Nothing: they are probabilities already.</summary>
    Probabilities,
}
