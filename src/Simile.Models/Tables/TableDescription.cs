namespace Simile.Models.Tables;

/// <summary>What the columns of a table are like, and what they are taken for.</summary>
/// <param name="Rows">The rows that were seen.</param>
/// <param name="Columns">Each column, in the order of the table.</param>
public sealed record TableDescription(long Rows, IReadOnlyList<ColumnDescription> Columns)
{
    /// <summary>How the columns become numbers where nothing else is said.</summary>
    public IReadOnlyList<ColumnOptions> Options => [.. Columns.Select(column => column.Options)];

    /// <summary>Looks at rows one by one; what is kept does not grow with their number.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows, each with a cell for each column.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static TableDescription Of(
        IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ColumnStatistics[] statistics = [.. columns.Select(name => new ColumnStatistics(name))];
        var count = 0L;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < statistics.Length; i++)
            {
                statistics[i].Add(row[i]);
            }

            count++;
        }

        return new TableDescription(count, [.. statistics.Select(column => column.Describe())]);
    }
}
