namespace Simile.Analysis;

/// <summary>How scores become probabilities. All but <see cref="None"/> are fitted on what cross-validation predicts, so that they are not fitted on examples that were trained on.</summary>
public enum CalibrationMethod
{
    /// <summary>As the classifier gives them: softmax of logistic regression's scores, a sigmoid of each of the support vector machines' scores, shares of votes.</summary>
    None,

    /// <summary>Softmax of the scores divided by one number (Guo et al. 2017): the order of classes stays.</summary>
    Temperature,

    /// <summary>A sigmoid with a slope and an offset for each class (Platt 1999), divided by their sum.</summary>
    Platt,

    /// <summary>A rising step function for each class (Zadrozny and Elkan 2002), divided by their sum: needs hundreds of examples.</summary>
    Isotonic,
}
