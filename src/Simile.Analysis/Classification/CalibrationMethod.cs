namespace Simile.Analysis;

/// <summary>
/// How scores become probabilities. All methods but <see cref="None"/> are fitted on cross-validated predictions, not on training examples.
/// </summary>
public enum CalibrationMethod
{
    /// <summary>
    /// As the classifier gives them: softmax for logistic regression, sigmoids for support vector machines, shares of votes.
    /// </summary>
    None,

    /// <summary>Softmax of the scores divided by a temperature (Guo et al. 2017). The order of classes does not change.</summary>
    Temperature,

    /// <summary>A sigmoid with slope and offset per class (Platt 1999), normalized to sum 1.</summary>
    Platt,

    /// <summary>A monotone step function per class (Zadrozny and Elkan 2002), normalized to sum 1. Needs hundreds of examples.</summary>
    Isotonic,
}
