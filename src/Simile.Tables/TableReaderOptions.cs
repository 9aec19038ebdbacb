using System.Text;

namespace Simile.Tables;

/// <summary>How a table is read.</summary>
public sealed record TableReaderOptions
{
    /// <summary>
    /// The separator of the cells of CSV. If null, it is detected from the first lines of the file: a comma, a semicolon, a tab or a
    /// vertical bar.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>The encoding of CSV without a byte order mark. UTF-8 by default.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// Whether the first line of CSV and TSV names the columns. If false, it is a row, and the columns are column1, column2 and so on.
    /// </summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The name of the sheet of a workbook; null for the first one.</summary>
    public string? Sheet { get; init; }
}
