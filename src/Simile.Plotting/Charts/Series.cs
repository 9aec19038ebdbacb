namespace Simile.Plotting.Charts;

/// <summary>A line or a row of bars.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="X">In the order in which they are joined.</param>
/// <param name="Y">As many.</param>
internal sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    public bool IsBars { get; init; }

    /// <exception cref="ArgumentException">The numbers are none, not as many, or not finite.</exception>
    public void Validate()
    {
        if (X.Count != Y.Count || X.Count == 0)
        {
            throw new ArgumentException($"The line '{Name}' has {X.Count} values across and {Y.Count} upward: it needs as many of both, and at least one.");
        }

        if (X.Concat(Y).Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException($"The line '{Name}' has a value that is not a finite number.");
        }
    }
}
