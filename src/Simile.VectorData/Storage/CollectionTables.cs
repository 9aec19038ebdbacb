using Simile.VectorData.Filters;
using Simile.VectorData.Model;

namespace Simile.VectorData.Storage;

/// <summary>The tables of one collection: <c>records_N</c>, <c>vectors_N_V</c>, <c>removals_N</c> and <c>words_N</c>.</summary>
internal sealed class CollectionTables(long collection, CollectionShape shape)
{
    public string Records => $"records_{collection}";

    public string Removals => $"removals_{collection}";

    public string Words => $"words_{collection}";

    /// <summary>A query for the id, the key and the data, and the checksum of records, in this order. A condition may follow.</summary>
    public string SelectRecords =>
        field ??= $"SELECT r.id, {string.Join(", ", shape.Columns.Select(column => $"r.{column.Name}"))}, r.content FROM {Records} AS r";

    public string Vectors(VectorColumn column) => Vectors(collection, column.Name);

    /// <summary>The table of a vector property, by its storage name.</summary>
    public static string Vectors(long collection, string name) => Quoted($"vectors_{collection}_{name}");

    /// <summary>
    /// The column of a key or a data property, by its storage name. The prefix separates it from the columns id and content.
    /// </summary>
    public static string ColumnOf(string name) => Quoted($"p_{name}");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Statements that make the tables.</summary>
    public IEnumerable<string> Create() =>
    [
        $"""
        CREATE TABLE {Records} (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            {shape.Key.Name} {shape.Key.Type.Storage} NOT NULL UNIQUE,
            {string.Concat(shape.Data.Select(column => $"{Column(column)}, "))}
            content INTEGER NOT NULL
        ) STRICT
        """,
        $"CREATE TABLE {Removals} (sequence INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (sequence, record)) STRICT, "
            + "WITHOUT ROWID",
        .. shape.Vectors.Select(VectorTable),
        .. shape.Data.Where(column => column.IsIndexed && column.Type.List is null).Select(Index),
        .. shape.FullText.Length > 0 ? [WordTable] : Array.Empty<string>(),
    ];

    /// <summary>A column's declaration.</summary>
    public static string Column(DataColumn column) => $"{column.Name} {column.Type.Storage}";

    public string VectorTable(VectorColumn column) =>
        $"CREATE TABLE {Vectors(column)} (id INTEGER PRIMARY KEY, vector BLOB NOT NULL, content INTEGER NOT NULL) STRICT";

    /// <summary>The index of a column for filters and sorting.</summary>
    public string Index(DataColumn column) =>
        $"CREATE INDEX IF NOT EXISTS \"{Records}_{column.Name[1..]} ON {Records} "
        + $"({new Operand(column.Name, column.Type, IsElement: false).Compared})";

    public string WordTable =>
        $"CREATE VIRTUAL TABLE {Words} USING fts5 ({string.Join(", ", shape.FullText.Select(column => column.Name))}, content = '', "
        + "contentless_delete = 1, tokenize = \"ascii tokenchars '#+'\")";

    /// <summary>Statements that remove the tables.</summary>
    public static IEnumerable<string> Drop(long collection, StoreConnection connection)
    {
        var tables = new List<string>();
        using (var rows = connection.Rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name IN (CAST($0 AS TEXT), CAST($1 AS TEXT), "
            + "CAST($2 AS TEXT)) OR name GLOB CAST($3 AS TEXT))",
            $"records_{collection}",
            $"removals_{collection}",
            $"words_{collection}",
            $"vectors_{collection}_*"))
        {
            while (rows.Read())
            {
                tables.Add(rows.GetString(0));
            }
        }

        return tables.Select(table => $"DROP TABLE {table}");
    }
}
