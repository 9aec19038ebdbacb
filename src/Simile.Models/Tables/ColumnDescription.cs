namespace Simile.Models.Tables;

/// <summary>What the values of a column are like, and what they are taken for.</summary>
/// <param name="Name">The heading in the table.</param>
/// <param name="Kind">What its values are taken for.</param>
/// <param name="Count">Number of rows whose cell is not empty.</param>
/// <param name="Missing">Number of rows whose cell is empty.</param>
/// <param name="Distinct">Different values; null where there are more than 1,000.</param>
/// <param name="Reason">Why it is taken for this, in words.</param>
/// <param name="Examples">The first values that differ, at most three.</param>
public sealed record ColumnDescription(
    string Name, ColumnKind Kind, long Count, long Missing, int? Distinct, string Reason, IReadOnlyList<string> Examples)
{
    /// <summary>The least, mean and greatest of a column of numbers; null for others.</summary>
    public (double Least, double Mean, double Greatest)? Range { get; init; }

    /// <summary>How the column becomes numbers where nothing else is said.</summary>
    public ColumnOptions Options => new(Name, Kind) { FlagsMissing = Missing > 0 && Kind is ColumnKind.Number or ColumnKind.Date };
}
