using Simile.Numerics.Files;

namespace Simile.Tables;

/// <summary>Reads a table row by row, each cell as text: CSV, TSV, Excel (.xlsx), Parquet and JSON lines, by the file extension.</summary>
/// <remarks>
/// Not thread-safe. Keeps one row in memory; for Parquet one row group, for Excel also the shared strings of the workbook.
/// </remarks>
public abstract class TableReader : IDisposable
{
    private protected TableReader(string path) => Path = path;

    /// <summary>The file extensions that can be read.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".tsv", ".tab", ".xlsx", ".parquet", ".jsonl", ".ndjson"];

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The names of the columns. Missing names become "column" and a number; duplicate names get a number appended.</summary>
    public IReadOnlyList<string> Columns { get; private protected set; } = [];

    /// <summary>
    /// Number of rows that the last pass skipped, because they cannot be read or have another number of cells than there are columns.
    /// </summary>
    public long SkippedRows { get; private protected set; }

    /// <summary>Whether the extension of a path is one of <see cref="Endings"/>.</summary>
    public static bool IsTable(string path) => Endings.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a table and reads the names of its columns.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not a table or is damaged, or it is not UTF-8 and the options do not give its
    /// encoding.</exception>
    public static TableReader Open(string path, TableReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                Directory.Exists(path) ? $"{path} is a folder: name the file of a table." : $"There is no file {path}.", path);
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

    /// <summary>All rows, starting with the first one. Each row has one cell per column; a missing value is null or empty.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public abstract IEnumerable<string?[]> Rows();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the resources of the reader.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private protected static string[] Distinct(IReadOnlyList<string?> names)
    {
        var (taken, distinct) = (new HashSet<string>(StringComparer.Ordinal), new string[names.Count]);
        for (var i = 0; i < distinct.Length; i++)
        {
            var name = names[i]?.Trim() is { Length: > 0 } given ? given : $"column{i + 1}";
            distinct[i] = name;
            for (var number = 2; !taken.Add(distinct[i]); number++)
            {
                distinct[i] = $"{name}_{number}";
            }
        }

        return distinct;
    }
}
