using Microsoft.Data.Sqlite;
using Simile.VectorData.Filters;
using SQLitePCL;

namespace Simile.VectorData.Storage;

/// <summary>A connection to a store's database that keeps its prepared statements.</summary>
/// <remarks>
/// One thread at a time. Parameters are $0, $1, … in the order of the values; texts are bound as UTF-8 bytes, because SQLite's text
/// functions end at a zero character, so statements cast them: <c>CAST($0 AS TEXT)</c>.
/// </remarks>
internal sealed class StoreConnection(SqliteConnection sqlite) : IDisposable
{
    // Filters make statements of their own: old ones are dropped.
    private const int MostStatements = 256;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>Runs a statement and returns the number of changed rows.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null if there is none.</summary>
    public object? Value(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>The first column of the first row, which exists and is a whole number.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) => (long)Value(sql, values)!;

    /// <summary>The rows of a query. Dispose the reader before the next statement.</summary>
    public SqliteDataReader Rows(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteReader();

    /// <summary>The rows of a query with a filter's parameters.</summary>
    public SqliteDataReader Rows(string sql, FilterSql filter, params ReadOnlySpan<object?> values)
    {
        var command = Prepare(sql, values);
        for (var i = 0; i < filter.Values.Length; i++)
        {
            Bind(command, $"$f{i}", filter.Values[i]);
        }

        return command.ExecuteReader();
    }

    /// <summary>Runs work in a transaction: all of it is committed, or nothing.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            Run("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>
    /// Rolls back the open transaction. Does nothing if there is none: after some errors SQLite has rolled it back itself.
    /// </summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(sqlite.Handle) == 0)
        {
            Run("ROLLBACK");
        }
    }

    /// <summary>The bytes of a column of the current row, valid until the next one is read. Text is UTF-8.</summary>
    public static ReadOnlySpan<byte> Bytes(SqliteDataReader reader, int column) => raw.sqlite3_column_blob(reader.Handle, column);

    /// <summary>Copies the database, while it is used, into a file that does not exist.</summary>
    public void CopyTo(string path)
    {
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        target.Open();
        sqlite.BackupDatabase(target);
    }

    public void Dispose()
    {
        Forget();
        sqlite.Dispose();
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count == MostStatements)
            {
                Forget();
            }

            command = sqlite.CreateCommand();
            command.CommandText = sql;
            _commands[sql] = command;
        }

        for (var i = 0; i < values.Length; i++)
        {
            Bind(command, Name(i), values[i]);
        }

        return command;
    }

    private static readonly string[] Names = [.. Enumerable.Range(0, 64).Select(i => $"${i}")];

    private static string Name(int i) => i < Names.Length ? Names[i] : $"${i}";

    private static void Bind(SqliteCommand command, string name, object? value)
    {
        value = value switch
        {
            null => DBNull.Value,
            string text => System.Text.Encoding.UTF8.GetBytes(text),
            _ => value,
        };
        var at = command.Parameters.IndexOf(name);
        if (at < 0)
        {
            command.Parameters.AddWithValue(name, value);
            return;
        }

        // The type is inferred from each value anew.
        command.Parameters[at].ResetSqliteType();
        command.Parameters[at].Value = value;
    }
}
