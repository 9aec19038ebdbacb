using Microsoft.Data.Sqlite;

namespace Simile.VectorData.Storage;

/// <summary>Opens and creates store.db (docs/formats/collections.md).</summary>
internal static class Database
{
    public const string FileName = "store.db";

    /// <summary>"SIVD": tells it from the stores that the engine keeps for folders of files.</summary>
    public const int ApplicationId = 0x53495644;

    public const int Version = 1;

    private const int PageSize = 16384;

    // A writer of another process holds the database for as long as a commit takes.
    private const int BusySeconds = 30;

    private static readonly string[] Tables =
    [
        """
        CREATE TABLE collections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL,
            generators TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            trimmed INTEGER NOT NULL
        ) STRICT
        """,
    ];

    /// <summary>Whether a folder has a database.</summary>
    public static bool Exists(string folder) => File.Exists(PathIn(folder));

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>A connection for reading.</summary>
    public static StoreConnection OpenToRead(string folder) => Checked(folder, SqliteOpenMode.ReadOnly, prepare: null);

    /// <summary>A connection for writing. The caller holds the <see cref="WriterLock"/>.</summary>
    public static StoreConnection OpenToWrite(string folder) => Checked(folder, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        if (connection.Number("PRAGMA application_id") == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Create(connection);
        }
    });

    private static StoreConnection Checked(string folder, SqliteOpenMode mode, Action<StoreConnection>? prepare)
    {
        var source =
            new SqliteConnectionStringBuilder { DataSource = PathIn(folder), Mode = mode, Pooling = false, DefaultTimeout = BusySeconds };
        var sqlite = new SqliteConnection(source.ToString());
        try
        {
            sqlite.Open();
            var connection = new StoreConnection(sqlite);
            prepare?.Invoke(connection);
            Check(connection, folder);
            return connection;
        }
        catch
        {
            sqlite.Dispose();
            throw;
        }
    }

    private static void Create(StoreConnection connection)
    {
        connection.Run($"PRAGMA page_size = {PageSize}");
        connection.Value("PRAGMA journal_mode = WAL");
        connection.InTransaction(() =>
        {
            foreach (var table in Tables)
            {
                connection.Run(table);
            }

            connection.Run($"PRAGMA application_id = {ApplicationId}");
            return connection.Run($"PRAGMA user_version = {Version}");
        });
    }

    private static void Check(StoreConnection connection, string folder)
    {
        if (connection.Number("PRAGMA application_id") != ApplicationId)
        {
            throw Failures.Foreign(folder);
        }

        if (connection.Number("PRAGMA user_version") is > Version and var version)
        {
            throw Failures.Newer(folder, version);
        }
    }
}
