using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>Helpers to prepare and run statements. Parameters are named $0, $1, … in the order of the values.</summary>
internal static class Commands
{
    public static SqliteCommand Prepare(this SqliteConnection connection, string statement, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i]);
        }

        return command;
    }

    public static int Run(this SqliteConnection connection, string statement, params ReadOnlySpan<object> values)
    {
        using var command = connection.Prepare(statement, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null if there is none.</summary>
    public static object? Value(this SqliteConnection connection, string statement, params ReadOnlySpan<object> values)
    {
        using var command = connection.Prepare(statement, values);
        return command.ExecuteScalar();
    }

    public static long Number(this SqliteConnection connection, string statement, params ReadOnlySpan<object> values) =>
        (long)connection.Value(statement, values)!;
}
