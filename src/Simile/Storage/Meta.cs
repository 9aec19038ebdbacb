using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>The rows of the table meta.</summary>
internal static class Meta
{
    public const string Sequence = "sequence";
    public const string Removal = "removal";

    /// <summary>Key of the number of items.</summary>
    public const string Items = "items";

    private const string Check = "check";
    private const string SumOfOthers =
        "SELECT simile_check(coalesce(group_concat(key || char(10) || value, char(10) ORDER BY key), '')) FROM meta WHERE key <> $0";

    /// <summary>Writes the number of items and the checksum of all other rows. Call it at the end of each transaction.</summary>
    public static void Seal(SqliteConnection connection)
    {
        Set(connection, Items, $"{connection.Number("SELECT count(*) FROM item_checks")}");
        Set(connection, Check, $"{connection.Number(SumOfOthers, Check)}");
    }

    /// <summary>Refuses rows that differ from what was written.</summary>
    public static void ThrowIfDamaged(SqliteConnection connection, string place)
    {
        // One statement, so that it sees one snapshot.
        if (HasChecks(connection)
            && connection.Number($"SELECT EXISTS (SELECT 1 FROM meta WHERE key = $0 AND value = CAST(({SumOfOthers}) AS TEXT))", Check)
                == 0)
        {
            throw StoreFailures.Damaged(place, "its metadata does not match its checksum");
        }
    }

    /// <summary>Whether rows have checksums.</summary>
    public static bool HasChecks(SqliteConnection connection) => connection.Number("PRAGMA user_version") >= Schema.FirstWithChecks;

    public static string? Get(SqliteConnection connection, string key) =>
        connection.Value("SELECT value FROM meta WHERE key = $0", key) as string;

    public static void Set(SqliteConnection connection, string key, string value) =>
        connection.Run("INSERT INTO meta (key, value) VALUES ($0, $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value);

    /// <summary>A counter; 0 if it was never set.</summary>
    public static long GetNumber(SqliteConnection connection, string key, string place) => Get(connection, key) switch
    {
        null => 0,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw StoreFailures.Damaged(place, $"{key} is '{text}'"),
    };

    public static StoreModel? GetModel(SqliteConnection connection, string place)
    {
        if (Get(connection, "model.name") is not { } name)
        {
            return null;
        }

        var dimensions = GetNumber(connection, "model.dimensions", place);
        return dimensions is >= 1 and <= 1 << 20
            ? new StoreModel(name, (int)dimensions, Get(connection, "model.settings") ?? string.Empty)
            : throw StoreFailures.Damaged(place, $"its vectors have {dimensions} dimensions");
    }

    public static void SetModel(SqliteConnection connection, StoreModel model)
    {
        Set(connection, "model.name", model.Name);
        Set(connection, "model.dimensions", $"{model.Dimensions}");
        Set(connection, "model.settings", model.Settings);
    }
}
