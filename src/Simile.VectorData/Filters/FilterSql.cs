namespace Simile.VectorData.Filters;

/// <summary>A condition on the records of a collection: an SQL expression and the values of its parameters $f0, $f1, ….</summary>
/// <param name="Sql">True, false, but never null, for each record.</param>
/// <param name="Values">Encoded values.</param>
internal sealed record FilterSql(string Sql, object[] Values)
{
    /// <summary>The condition that every record meets.</summary>
    public static FilterSql All { get; } = new("1", []);

    /// <summary>Whether every record meets it.</summary>
    public bool IsAll => Sql == "1";

    /// <summary>A text that differs for conditions that differ.</summary>
    public string Identity =>
        string.Join('\n', Values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : value).Prepend(Sql));
}
