namespace Simile.Storage;

/// <summary>The tables of store.db, as docs/formats/store.md describes them.</summary>
internal static class Schema
{
    public const int ApplicationId = 0x53494D4C;
    public const int Version = 2;

    /// <summary>Before it every item was a passage.</summary>
    public const int FirstWithMedia = 2;

    /// <summary>What version 2 has more than version 1: which items are no passages can be told without reading the texts.</summary>
    public const string ItemsByKind = "CREATE INDEX items_by_kind ON items (id, kind) WHERE kind <> 'passage'";

    /// <summary>SQLite keeps these words as they are, so that an open store can be compared with them.</summary>
    public static readonly string[] Statements =
    [
        """
        CREATE TABLE meta (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            path TEXT NOT NULL UNIQUE,
            media_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            hash BLOB NOT NULL,
            recipe TEXT NOT NULL,
            sequence INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX files_by_hash ON files (hash)",
        """
        CREATE TABLE items (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            line INTEGER NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (file, position)
        ) STRICT
        """,
        """
        CREATE TABLE vectors (
            item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
            vector BLOB NOT NULL
        ) STRICT
        """,
        ItemsByKind,
    ];

    /// <summary>The statements of an older version that is still read.</summary>
    public static IEnumerable<string> StatementsOf(long version) => version == 1 ? Statements.Where(statement => statement != ItemsByKind) : Statements;
}
