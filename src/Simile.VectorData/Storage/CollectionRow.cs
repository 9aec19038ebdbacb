namespace Simile.VectorData.Storage;

/// <summary>A row of the table collections.</summary>
/// <param name="Id">Number of the collection, never used again.</param>
/// <param name="Name">The name.</param>
/// <param name="Definition">Keys, data and vectors as JSON text.</param>
/// <param name="Generators">What made the vectors, by storage name, as JSON text.</param>
/// <param name="Sequence">Number of changes so far.</param>
/// <param name="Trimmed">The change up to which removals are no longer listed.</param>
internal sealed record CollectionRow(long Id, string Name, string Definition, string Generators, long Sequence, long Trimmed)
{
    private const string Columns = "id, name, definition, generators, sequence, trimmed";

    /// <summary>The collection of a name; null if there is none.</summary>
    public static CollectionRow? Find(StoreConnection connection, string name)
    {
        using var rows = connection.Rows($"SELECT {Columns} FROM collections WHERE name = CAST($0 AS TEXT)", name);
        return rows.Read()
            ? new CollectionRow(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetInt64(4), rows.GetInt64(5))
            : null;
    }
}
