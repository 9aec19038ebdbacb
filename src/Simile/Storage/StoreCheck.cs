using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>Verifies everything in a store by its checksums.</summary>
internal static class StoreCheck
{
    private const int Most = 20;

    /// <summary>Verifies the store of a folder.</summary>
    public static CorpusCheck Run(string folder, CancellationToken cancellationToken)
    {
        using var connection = StoreDatabase.OpenToRead(folder);
        try
        {
            using var snapshot = connection.BeginTransaction(deferred: true);
            var faults = new List<string>();
            var hasChecks = Meta.HasChecks(connection);
            foreach (var look in hasChecks
                ? [Structure, Relations, Vectors, Files, Items, Number]
                : new Func<SqliteConnection, IEnumerable<string>>[] { Structure, Relations, Vectors })
            {
                cancellationToken.ThrowIfCancellationRequested();
                faults.AddRange(look(connection));
            }

            return new CorpusCheck(
                (int)connection.Number("SELECT count(*) FROM files"),
                (int)connection.Number("SELECT count(*) FROM items"),
                hasChecks,
                faults);
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, folder);
        }

        IEnumerable<string> Number(SqliteConnection connection) =>
            Meta.GetNumber(connection, Meta.Items, folder) is var wanted
            && connection.Number("SELECT count(*) FROM items") is var held && wanted != held
                ? [$"{wanted} items were written, {held} are there"]
                : [];
    }

    private static IEnumerable<string> Structure(SqliteConnection connection) =>
        Texts(connection, $"PRAGMA integrity_check({Most})").Where(line => line != "ok").Select(line => $"the database: {line}");

    private static IEnumerable<string> Relations(SqliteConnection connection) =>
        Texts(
            connection,
            "SELECT \"table\" || ': ' || count(*) || ' rows belong to nothing' FROM pragma_foreign_key_check GROUP BY \"table\"")
            .Concat(Texts(
                connection,
                "SELECT path || ': ' || count(*) || ' items have no vector' FROM items JOIN files ON files.id = items.file WHERE items.id "
                + "NOT IN (SELECT item FROM vectors) GROUP BY path"));

    private static List<string> Vectors(SqliteConnection connection)
    {
        var dimensions = Meta.GetModel(connection, string.Empty)?.Dimensions ?? 0;
        return Texts(
            connection,
            "SELECT count(*) || ' vectors have another length than those of the model' FROM vectors WHERE length(vector) "
            + $"<> {dimensions * sizeof(float)} HAVING count(*) > 0");
    }

    private static List<string> Files(SqliteConnection connection) => Texts(
        connection,
        "SELECT path || ': the file''s row does not match its checksum' FROM files LEFT JOIN file_checks ON file_checks.file = files.id "
        + $"WHERE content IS NOT {Schema.FileCheck}")
        .Concat(Texts(
            connection,
            "SELECT path || ': the parts do not match their checksum' FROM parts JOIN files ON files.id = parts.file WHERE content IS NOT "
            + "simile_check(file, marks)"))
        .ToList();

    private static List<string> Items(SqliteConnection connection) => Texts(
        connection,
        $"""
        SELECT path || ': ' || sum(text_is_other) || ' items and ' || sum(vector_is_other) || ' vectors are not what was written' FROM (
            SELECT files.path AS path,
                item_checks.content IS NOT {Schema.ItemCheck} AS text_is_other,
                item_checks.vector IS NOT {Schema.VectorCheck} AS vector_is_other
            FROM items
            JOIN files ON files.id = items.file
            JOIN vectors ON vectors.item = items.id
            LEFT JOIN item_checks ON item_checks.item = items.id)
        WHERE text_is_other OR vector_is_other GROUP BY path
        """);

    private static IEnumerable<string> Keywords(SqliteConnection connection) => !KeywordIndex.Exists(connection) ? [] :
        Texts(
            connection,
            "SELECT count(*) || ' items have no keywords' FROM items WHERE id NOT IN (SELECT id FROM keywords_docsize) HAVING count(*) > 0")
            .Concat(Texts(
                connection,
                "SELECT count(*) || ' headings are not what was written' FROM headings WHERE content IS NOT simile_check(item, "
                + "heading) HAVING count(*) > 0"));

    private static List<string> Texts(SqliteConnection connection, string statement)
    {
        using var command = connection.Prepare(statement);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
