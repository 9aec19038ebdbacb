using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>Reads a table row by row, each cell as text: CSV, TSV, Excel (.xlsx), Parquet and JSON lines, by the ending of the name.</summary>
/// <remarks>Not thread-safe. Holds a row in memory, of Parquet a row group, of Excel a sheet's shared texts.</remarks>
public abstract class TableReader : IDisposable
{
    private protected TableReader(string path) => Path = path;

    /// <summary>The endings of files that are read.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".tsv", ".tab", ".xlsx", ".parquet", ".jsonl", ".ndjson"];

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The names of the columns; where a name is missing or there twice, a number is put behind it.</summary>
    public IReadOnlyList<string> Columns { get; private protected set; } = [];

    /// <summary>The rows of the last pass that were left out because they have another number of cells than there are columns, or cannot be read.</summary>
    public long SkippedRows { get; private protected set; }

    /// <summary>Whether the ending of a path is one of <see cref="Endings"/>.</summary>
    public static bool IsTable(string path) => Endings.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a table and reads the names of its columns.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is no table, or damaged; or it is in another encoding than UTF-8 and the options do not name it.</exception>
    public static TableReader Open(string path, TableReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        RegularFile.Require(path);
        options ??= new TableReaderOptions();
        TableReader reader = System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".xlsx" => new ExcelTable(path, options.Sheet),
            ".parquet" => new ParquetTable(path),
            ".jsonl" or ".ndjson" => new JsonTable(path),
            ".tsv" or ".tab" => new DelimitedTable(path, options with { Separator = options.Separator ?? '\t' }),
            _ => new DelimitedTable(path, options),
        };
        return reader.Columns.Count > 0 ? reader : throw new InvalidDataException($"{path} has no columns: its first line names them.");
    }

    /// <summary>All rows from the first one, each with a cell for each column; null or empty where there is no value.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public abstract IEnumerable<string?[]> Rows();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the reader holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private protected static string[] Distinct(IReadOnlyList<string> names)
    {
        var (taken, distinct) = (new HashSet<string>(StringComparer.Ordinal), new string[names.Count]);
        for (var i = 0; i < distinct.Length; i++)
        {
            var name = names[i].Trim() is { Length: > 0 } given ? given : $"column{i + 1}";
            distinct[i] = name;
            for (var number = 2; !taken.Add(distinct[i]); number++)
            {
                distinct[i] = $"{name}_{number}";
            }
        }

        return distinct;
    }
}
