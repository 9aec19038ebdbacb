using System.Text;

namespace Simile.Tables;

/// <summary>How a table is read.</summary>
public sealed record TableReaderOptions
{
    /// <summary>What stands between the cells of CSV; null where the file's first lines are to tell: a comma, a semicolon, a tab or a bar.</summary>
    public char? Separator { get; init; }

    /// <summary>The encoding of CSV without a byte order mark. UTF-8 by default.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The sheet of a workbook by its name; null for the first one.</summary>
    public string? Sheet { get; init; }
}
