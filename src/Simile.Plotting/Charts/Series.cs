namespace Simile.Plotting.Charts;

/// <summary>A line or a row of bars.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="X">Horizontal coordinates, in the order in which a line joins them.</param>
/// <param name="Y">Vertical coordinates, as many as X.</param>
internal sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    public bool IsBars { get; init; }

    /// <exception cref="ArgumentException">X or Y is empty, their counts differ, or a number is not finite.</exception>
    public void Validate()
    {
        if (X.Count != Y.Count || X.Count == 0)
        {
            throw new ArgumentException(
                $"The line '{Name}' has {X.Count} values of x and {Y.Count} of y: the counts must be equal and at least one.");
        }

        if (X.Concat(Y).Any(value => !double.IsFinite(value)))
        {
            throw new ArgumentException($"The line '{Name}' has a value that is not a finite number.");
        }
    }
}
