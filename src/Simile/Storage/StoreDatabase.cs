using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>Opens or creates store.db, and verifies that it is a store.</summary>
internal static class StoreDatabase
{
    public const string FileName = "store.db";

    private const int PageSize = 16384;

    /// <summary>A new database in memory.</summary>
    public static SqliteConnection OpenInMemory()
    {
        var connection = Connect(":memory:", SqliteOpenMode.Memory);
        Create(connection);
        return connection;
    }

    /// <summary>The database of a folder for reading.</summary>
    public static SqliteConnection OpenToRead(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
                ? StoreFailures.NotEmpty(folder)
                : StoreFailures.Missing(folder);
        }

        return Checked(folder, () =>
        {
            try
            {
                return Connect(path, SqliteOpenMode.ReadOnly);
            }
            catch (SqliteException) when (NoLog(path))
            {
                // On a read-only disk, SQLite cannot create its shared memory file; nobody can write there either.
                return Connect($"file:{Escape(path)}?immutable=1", SqliteOpenMode.ReadOnly);
            }
        });
    }

    /// <summary>The database of a folder for writing. Created if it is missing. The caller holds the <see cref="WriterLock"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="carriedOver">Receives the older version if the store had one.</param>
    public static SqliteConnection OpenToWrite(string folder, Action<int>? carriedOver = null) => Checked(
        folder,
        () => Connect(Path.Combine(folder, FileName), SqliteOpenMode.ReadWriteCreate),
        connection =>
        {
            connection.Run("PRAGMA synchronous = NORMAL");
            if (IsBlank(connection))
            {
                Create(connection);
            }

            if (CarryOver(connection) is { } version)
            {
                carriedOver?.Invoke((int)version);
            }
        });

    private static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, ForeignKeys = true, DefaultTimeout = 5 }
                .ToString());
        try
        {
            connection.Open();
            RowCheck.Teach(connection);
            KeywordIndex.Teach(connection);
            connection.Number("PRAGMA schema_version");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Checked(string folder, Func<SqliteConnection> open, Action<SqliteConnection>? prepare = null)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = open();
            prepare?.Invoke(connection);
            Check(connection, folder);
            return connection;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw StoreFailures.From(e, folder);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static void Check(SqliteConnection connection, string folder)
    {
        // In one snapshot, because another process may be migrating the store.
        using var snapshot = connection.BeginTransaction(deferred: true);
        if (connection.Number("PRAGMA application_id") != Schema.ApplicationId)
        {
            throw IsBlank(connection) ? StoreFailures.Damaged(folder, "its making was cut short") : StoreFailures.Foreign(folder);
        }

        var version = connection.Number("PRAGMA user_version");
        if (version > Schema.Version)
        {
            throw StoreFailures.Newer(folder, version);
        }

        if (version < 1 || !Schema.StatementsOf(version).ToHashSet().SetEquals(Statements(connection)))
        {
            throw StoreFailures.Damaged(folder, "its tables are not those of a store");
        }

        Meta.ThrowIfDamaged(connection, folder);
    }

    private static void Create(SqliteConnection connection)
    {
        connection.Run($"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        foreach (var statement in Schema.Statements)
        {
            connection.Run(statement);
        }

        connection.Run($"PRAGMA application_id = {Schema.ApplicationId}; PRAGMA user_version = {Schema.Version}");
        Meta.Seal(connection);
        transaction.Commit();
    }

    // Version 1 had only passages, and no index of other items. Version 2 had no checksums, version 3 no keywords.
    private static long? CarryOver(SqliteConnection connection)
    {
        var version = connection.Number("PRAGMA user_version");
        if (connection.Number("PRAGMA application_id") != Schema.ApplicationId || version is < 1 or >= Schema.Version
            || !Schema.StatementsOf(version).ToHashSet().SetEquals(Statements(connection)))
        {
            return null;
        }

        using var transaction = connection.BeginTransaction();
        foreach (var statement in Schema.Statements.Except(Schema.StatementsOf(version)))
        {
            connection.Run(statement);
        }

        if (version < Schema.FirstWithChecks)
        {
            connection.Run(Schema.AddChecks);
        }

        connection.Run(Schema.AddKeywords);
        connection.Run($"PRAGMA user_version = {Schema.Version}");
        Meta.Seal(connection);
        transaction.Commit();
        return version;
    }

    private static bool IsBlank(SqliteConnection connection) =>
        connection.Number("PRAGMA application_id") == 0 && connection.Number("PRAGMA user_version") == 0
        && connection.Number("SELECT count(*) FROM sqlite_schema") == 0;

    // Tables whose names begin with keywords_ are FTS5's own.
    private static List<string> Statements(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'keywords_*'";
        using var reader = command.ExecuteReader();
        var statements = new List<string>();
        while (reader.Read())
        {
            statements.Add(reader.GetString(0));
        }

        return statements;
    }

    private static bool NoLog(string path) => new FileInfo(path + "-wal") is { Exists: false } or { Length: 0 };

    private static string Escape(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal);
}
