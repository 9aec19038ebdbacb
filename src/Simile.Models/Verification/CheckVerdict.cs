namespace Simile.Models.Verification;

/// <summary>The result of a <see cref="ModelCheck"/>.</summary>
public enum CheckVerdict
{
    /// <summary>The value is as expected.</summary>
    Same,

    /// <summary>The value differs: do not trust the model.</summary>
    Different,

    /// <summary>There is no expected value.</summary>
    Unknown,
}
