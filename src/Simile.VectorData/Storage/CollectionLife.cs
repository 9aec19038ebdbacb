using Simile.VectorData.Model;

namespace Simile.VectorData.Storage;

/// <summary>Creates, extends and deletes collections.</summary>
internal static class CollectionLife
{
    /// <summary>Makes a collection exist with all properties of a shape.</summary>
    /// <exception cref="InvalidOperationException">It exists with properties that the records do not have, or have otherwise.</exception>
    public static async Task EnsureAsync(
        StoreFolder folder, string name, CollectionShape shape, Durability durability, CancellationToken cancellationToken)
    {
        var wanted = shape.Definition();
        if (folder.Read(connection => CollectionRow.Find(connection, name))?.Definition == wanted.ToJson())
        {
            return;
        }

        await folder.WriteAsync(
            durability,
            connection => CollectionRow.Find(connection, name) is { } row
                ? Extend(connection, row, wanted, shape)
                : Create(connection, name, wanted, shape),
            cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Deletes a collection if it exists.</summary>
    public static Task DeleteAsync(StoreFolder folder, string name, Durability durability, CancellationToken cancellationToken) =>
        Operations.RunAsync(folder, name, "DeleteCollection", async () =>
        {
            if (folder.Read(connection => CollectionRow.Find(connection, name)) is null)
            {
                return true;
            }

            var deleted = await folder.WriteAsync(
                durability,
                connection =>
                {
                    if (CollectionRow.Find(connection, name) is not { } row)
                    {
                        return 0;
                    }

                    foreach (var statement in CollectionTables.Drop(row.Id, connection))
                    {
                        connection.Run(statement);
                    }

                    connection.Run("DELETE FROM collections WHERE id = $0", row.Id);
                    return row.Id;
                },
                cancellationToken).ConfigureAwait(false);
            folder.Forget(deleted);
            return true;
        });

    /// <summary>The sentence for records that a stored collection cannot hold; null if it can.</summary>
    public static string? Conflict(CollectionRow row, CollectionShape shape)
    {
        var (stored, wanted) = (CollectionDefinition.Parse(row.Definition), shape.Definition());
        var conflict = stored.Conflict(wanted)
            ?? (Added(stored, wanted).FirstOrDefault() is { } missing
                ? $"it lacks the property '{missing}': call EnsureCollectionExistsAsync, which adds it"
                : null);
        return conflict is null ? null : $"The collection '{row.Name}' was created with other properties: {conflict}.";
    }

    private static IEnumerable<string> Added(CollectionDefinition stored, CollectionDefinition wanted) =>
        wanted.Data.Select(data => data.Name).Except(stored.Data.Select(data => data.Name))
            .Concat(wanted.Vectors.Select(vector => vector.Name).Except(stored.Vectors.Select(vector => vector.Name)));

    private static bool Create(StoreConnection connection, string name, CollectionDefinition wanted, CollectionShape shape)
    {
        var id = connection.Number(
            "INSERT INTO collections (name, definition, generators, sequence, trimmed) VALUES (CAST($0 AS TEXT), CAST($1 AS TEXT), '{}', "
            + "0, 0) RETURNING id",
            name,
            wanted.ToJson());
        foreach (var statement in new CollectionTables(id, shape).Create())
        {
            connection.Run(statement);
        }

        return true;
    }

    private static bool Extend(StoreConnection connection, CollectionRow row, CollectionDefinition wanted, CollectionShape shape)
    {
        var stored = CollectionDefinition.Parse(row.Definition);
        if (stored.Conflict(wanted) is { } conflict)
        {
            throw new InvalidOperationException(
                $"The collection '{row.Name}' was created with other properties: {conflict}. Use another name, or delete the collection.");
        }

        var tables = new CollectionTables(row.Id, shape);
        var added = Added(stored, wanted).ToHashSet(StringComparer.Ordinal);
        foreach (var column in shape.Data.Where(column => added.Contains(column.Property.StorageName)))
        {
            connection.Run($"ALTER TABLE {tables.Records} ADD COLUMN {CollectionTables.Column(column)}");
        }

        foreach (var column in shape.Vectors.Where(column => added.Contains(column.Name)))
        {
            connection.Run(tables.VectorTable(column));
        }

        foreach (var column in shape.Data.Where(column => column.IsIndexed && column.Type.List is null))
        {
            connection.Run(tables.Index(column));
        }

        var words = shape.FullText.Select(column => column.Property.StorageName);
        if (!words.SequenceEqual(stored.Data.Where(data => data.FullText).Select(data => data.Name)))
        {
            connection.Run($"DROP TABLE IF EXISTS {tables.Words}");
            if (shape.FullText.Length > 0)
            {
                connection.Run(tables.WordTable);
                new Keywords.KeywordWriter(connection, tables, shape).AddAll();
            }
        }

        connection.Run("UPDATE collections SET definition = CAST($1 AS TEXT) WHERE id = $0", row.Id, wanted.ToJson());
        return true;
    }
}
