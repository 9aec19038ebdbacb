using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>Work on a whole store while others read it: giving space back, copying.</summary>
internal static class StoreUpkeep
{
    /// <summary>Rewrites the database without the space of removed items.</summary>
    public static void Vacuum(string folder)
    {
        ThrowIfMissing(folder);
        using var writer = WriterLock.Take(folder);
        try
        {
            using var connection = StoreDatabase.OpenToWrite(folder);
            foreach (var words in FullTextTables(connection))
            {
                // A full-text index keeps removed words until its parts are merged.
                connection.Run($"INSERT INTO {words} ({words}) VALUES ('optimize')");
            }

            connection.Run("VACUUM");
            connection.Value("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, folder);
        }
    }

    /// <summary>Copies the database, as it is at one moment, into a folder that does not exist or is empty.</summary>
    public static void BackUp(string folder, string target)
    {
        using var connection = StoreDatabase.OpenToRead(folder);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw StoreFailures.NotEmpty(target);
        }

        Directory.CreateDirectory(target);
        try
        {
            using var copy = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = Path.Combine(target, StoreDatabase.FileName), Pooling = false }
                    .ToString());
            copy.Open();
            connection.BackupDatabase(copy);
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, target);
        }
    }

    private static void ThrowIfMissing(string folder)
    {
        using var connection = StoreDatabase.OpenToRead(folder);
    }

    private static List<string> FullTextTables(SqliteConnection connection)
    {
        using var command =
            connection.Prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'");
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
