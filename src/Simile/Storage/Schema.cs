namespace Simile.Storage;

/// <summary>The tables of store.db, as docs/formats/store.md describes them.</summary>
internal static class Schema
{
    public const int ApplicationId = 0x53494D4C;
    public const int Version = 4;

    /// <summary>In older versions every item was a passage.</summary>
    public const int FirstWithMedia = 2;

    /// <summary>Older versions had no checksums.</summary>
    public const int FirstWithChecks = 3;

    /// <summary>Older versions had no keyword index.</summary>
    public const int FirstWithKeywords = 4;

    /// <summary>An SQL expression for the checksum of a row of items.</summary>
    public const string ItemCheck =
        "simile_check(items.id, items.file, items.position, items.kind, items.line, items.start, items.stop, items.text)";

    /// <summary>An SQL expression for the checksum of a row of vectors with its item's.</summary>
    public const string VectorCheck = "simile_check(items.id, items.kind, vectors.vector)";

    /// <summary>An SQL expression for the checksum of a row of files: the columns that determine its items.</summary>
    public const string FileCheck = "simile_check(files.id, files.path, files.media_type, files.hash, files.recipe)";

    /// <summary>The addition of version 2: an index that finds items other than passages without reading texts.</summary>
    public const string ItemsByKind = "CREATE INDEX items_by_kind ON items (id, kind) WHERE kind <> 'passage'";

    /// <summary>SQLite stores these statements verbatim, so that an opened store can be compared with them.</summary>
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
        .. Checks,
        .. Keywords,
    ];

    /// <summary>The additions of version 3: a checksum of each row, written by triggers, and the parts of documents.</summary>
    public static string[] Checks =>
    [
        """
        CREATE TABLE item_checks (
            item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
            content INTEGER NOT NULL,
            vector INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE file_checks (
            file INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
            content INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE parts (
            file INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
            marks TEXT NOT NULL,
            content INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TRIGGER item_is_checked AFTER INSERT ON items BEGIN
            INSERT INTO item_checks (item, content, vector)
            VALUES (new.id, simile_check(new.id, new.file, new.position, new.kind, new.line, new.start, new.stop, new.text), 0);
        END
        """,
        """
        CREATE TRIGGER vector_is_checked AFTER INSERT ON vectors BEGIN
            UPDATE item_checks SET vector = simile_check(new.item, (SELECT kind FROM items WHERE id = new.item), new.vector)
            WHERE item = new.item;
        END
        """,
        """
        CREATE TRIGGER file_is_checked AFTER INSERT ON files BEGIN
            INSERT INTO file_checks (file, content)
            VALUES (new.id, simile_check(new.id, new.path, new.media_type, new.hash, new.recipe));
        END
        """,
        """
        CREATE TRIGGER file_is_checked_again AFTER UPDATE ON files BEGIN
            UPDATE file_checks SET content = simile_check(new.id, new.path, new.media_type, new.hash, new.recipe)
            WHERE file = new.id;
        END
        """,
    ];

    /// <summary>The additions of version 4: headings of passages, and the full-text index.</summary>
    public static string[] Keywords =>
    [
        """
        CREATE TABLE headings (
            item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
            heading TEXT NOT NULL,
            content INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE VIRTUAL TABLE keywords USING fts5 (
            text, heading, path, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '#+'"
        )
        """,
        """
        CREATE TRIGGER item_loses_keywords AFTER DELETE ON items BEGIN
            DELETE FROM keywords WHERE rowid = old.id;
        END
        """,
    ];

    /// <summary>Indexes existing items.</summary>
    public const string AddKeywords = """
        INSERT INTO keywords (rowid, text, heading, path)
        SELECT items.id, simile_terms(text), '', simile_terms_of_name(path) FROM items JOIN files ON files.id = items.file ORDER BY items.id
        """;

    /// <summary>Computes checksums of existing rows.</summary>
    public const string AddChecks = $"""
        INSERT INTO item_checks (item, content, vector)
        SELECT items.id, {ItemCheck}, {VectorCheck} FROM items JOIN vectors ON vectors.item = items.id ORDER BY items.id;
        INSERT INTO file_checks (file, content) SELECT files.id, {FileCheck} FROM files ORDER BY files.id
        """;

    /// <summary>The statements of older supported versions.</summary>
    public static IEnumerable<string> StatementsOf(long version) =>
        Statements.Where(
            statement => (version > 1 || statement != ItemsByKind) && (version >= FirstWithChecks || !Checks.Contains(statement))
            && (version >= FirstWithKeywords || !Keywords.Contains(statement)));
}
