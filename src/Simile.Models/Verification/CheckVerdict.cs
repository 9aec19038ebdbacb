namespace Simile.Models.Verification;

/// <summary>What came of a <see cref="ModelCheck"/>.</summary>
public enum CheckVerdict
{
    /// <summary>What was expected is there.</summary>
    Same,

    /// <summary>Something else is there: the model is not to be trusted.</summary>
    Different,

    /// <summary>Nobody said what is to be expected.</summary>
    Unknown,
}
