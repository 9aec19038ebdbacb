using System.Globalization;
using Microsoft.Data.Sqlite;
using Simile.VectorData.Model;
using Simile.VectorData.Values;

namespace Simile.VectorData.Storage;

/// <summary>Work on a whole store: giving space back, copying, checking.</summary>
internal static class Maintenance
{
    public static Task VacuumAsync(StoreFolder folder, CancellationToken cancellationToken) =>
        Operations.RunAsync(folder, null, "Vacuum", async () =>
        {
            if (!Database.Exists(folder.Path))
            {
                return true;
            }

            await folder.MaintainAsync(
                connection =>
                {
                    connection.InTransaction(() => ForgetRemovals(connection));
                    connection.Run("VACUUM");
                    connection.Value("PRAGMA wal_checkpoint(TRUNCATE)");
                },
                cancellationToken).ConfigureAwait(false);
            DeleteStrays(folder);
            return true;
        });

    public static Task BackUpAsync(StoreFolder folder, string path, CancellationToken cancellationToken) =>
        Operations.RunAsync(folder, null, "BackUp", async () =>
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            var target = Path.GetFullPath(path);
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw new IOException($"The folder {target} holds files: back up into an empty or a new folder.");
            }

            return await Task.Run(
                () =>
                {
                    StoreFolder.Create(target);
                    return folder.Read(connection =>
                    {
                        connection.CopyTo(Database.PathIn(target));
                        return true;
                    }) ? true : throw new IOException($"The store {folder.Path} does not exist: there is nothing to back up.");
                },
                cancellationToken).ConfigureAwait(false);
        });

    public static Task<IReadOnlyList<string>> CheckAsync(StoreFolder folder, CancellationToken cancellationToken) =>
        Operations.RunAsync<IReadOnlyList<string>>(folder, null, "Check", () => Task.Run<IReadOnlyList<string>>(
            () => folder.Read(connection => Check(folder, connection, cancellationToken)) ?? [], cancellationToken));

    // A set of another process that is older than this reads everything again.
    private static int ForgetRemovals(StoreConnection connection)
    {
        foreach (var collection in Collections(connection))
        {
            connection.Run($"DELETE FROM removals_{collection.Id}");
            if (CollectionDefinition.Parse(collection.Definition).Data.Any(data => data.FullText))
            {
                // The full-text index keeps removed words until its parts are merged.
                connection.Run($"INSERT INTO words_{collection.Id} (words_{collection.Id}) VALUES ('optimize')");
            }
        }

        return connection.Run("UPDATE collections SET trimmed = sequence");
    }

    // Index files of collections that were deleted.
    private static void DeleteStrays(StoreFolder folder)
    {
        if (!Directory.Exists(folder.Indexes))
        {
            return;
        }

        var kept = folder.Read(connection => Collections(connection)
            .Select(collection => collection.Id.ToString(CultureInfo.InvariantCulture))
            .ToHashSet(StringComparer.Ordinal))!;
        foreach (var file in Directory.EnumerateFiles(folder.Indexes).Where(file => !kept.Contains(Path.GetFileName(file).Split('-')[0])))
        {
            File.Delete(file);
        }
    }

    private static List<string> Check(StoreFolder folder, StoreConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        using (var rows = connection.Rows("PRAGMA integrity_check"))
        {
            while (rows.Read() && rows.GetString(0) is not "ok" and var problem)
            {
                found.Add($"{folder.Path}: {problem}");
            }
        }

        foreach (var collection in Collections(connection))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                CheckCollection(connection, collection, found, cancellationToken);
            }
            catch (Exception e) when (e is SqliteException or System.Text.Json.JsonException)
            {
                found.Add($"{folder.Path}: collection '{collection.Name}': {e.Message}");
            }
        }

        return found;
    }

    private static List<CollectionRow> Collections(StoreConnection connection)
    {
        var names = new List<string>();
        using (var rows = connection.Rows("SELECT name FROM collections ORDER BY name"))
        {
            while (rows.Read())
            {
                names.Add(rows.GetString(0));
            }
        }

        return [.. names.Select(name => CollectionRow.Find(connection, name)!)];
    }

    private static void CheckCollection(
        StoreConnection connection, CollectionRow collection, List<string> found, CancellationToken cancellationToken)
    {
        var definition = CollectionDefinition.Parse(collection.Definition);
        string[] names = [definition.Key.Name, .. definition.Data.Select(data => data.Name)];
        uint[] seeds = [.. names.Select(RowSum.Seed)];
        var columns = string.Join(", ", names.Select(CollectionTables.ColumnOf));
        using (var rows = connection.Rows($"SELECT id, {columns}, content FROM records_{collection.Id}"))
        {
            var values = new object?[names.Length];
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = rows.GetValue(i + 1) switch
                    {
                        DBNull => null,
                        string => StoreConnection.Bytes(rows, i + 1).ToArray(),
                        var value => value,
                    };
                }

                if (RowSum.OfRecord(rows.GetInt64(0), seeds, values) != rows.GetInt64(values.Length + 1))
                {
                    found.Add($"Row {rows.GetInt64(0)} of '{collection.Name}' does not match its checksum.");
                }
            }
        }

        foreach (var vector in definition.Vectors)
        {
            using var rows = connection.Rows($"SELECT id, vector, content FROM {CollectionTables.Vectors(collection.Id, vector.Name)}");
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (RowSum.OfVector(rows.GetInt64(0), StoreConnection.Bytes(rows, 1)) != rows.GetInt64(2))
                {
                    found.Add($"The vector '{vector.Name}' of row {rows.GetInt64(0)} of '{collection.Name}' does not match its checksum.");
                }
            }
        }
    }
}
