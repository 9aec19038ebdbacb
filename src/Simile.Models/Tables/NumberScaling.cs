namespace Simile.Models.Tables;

/// <summary>
/// How a column of numbers is brought to a common size. A missing number becomes the mean (standard) or the median (all others) of the
/// fitted ones.
/// </summary>
public enum NumberScaling
{
    /// <summary>(x − mean) / standard deviation of the whole (divided by n).</summary>
    Standard,

    /// <summary>(x − least) / (greatest − least); new values may lie outside of 0 to 1.</summary>
    MinMax,

    /// <summary>(x − median) / (75 % quantile − 25 % quantile): single huge values hardly matter.</summary>
    Robust,

    /// <summary>The share of the fitted values that are less, 0 to 1.</summary>
    Quantile,

    /// <summary>Numbers are not changed.</summary>
    None,
}
