using System.CommandLine;
using System.Text;
using Simile.Models.Tables;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>A table among the arguments, and the options of how it is read.</summary>
internal sealed class TableInput
{
    public Argument<string> Path { get; } =
        new("TABLE") { Description = $"A table: {string.Join(", ", TableReader.Endings)}; its first line names the columns." };

    public Option<string?> Encoding { get; } = new("--encoding")
    {
        Description = "The encoding of CSV that is not UTF-8, by its name: windows-1252, gb18030.",
        HelpName = "NAME",
    };

    public Option<string?> Separator { get; } = new("--separator")
    {
        Description = "What stands between cells of CSV, or tab; otherwise the file's first lines tell.",
        HelpName = "CHAR",
    };

    public Option<string?> Sheet { get; } = new("--sheet")
    {
        Description = "The sheet of a workbook; otherwise the first one.",
        HelpName = "NAME",
    };

    public TableInput()
    {
        Encoding.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } name }] && Find(name) is null)
            {
                result.AddError(
                    $"There is no encoding {name}: name one as iconv does, such as utf-8, gb18030, shift_jis, euc-kr or windows-1251.");
            }
        });
        Separator.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } word }] && word is not ("tab" or [>= ' ' and <= '~']))
            {
                result.AddError($"--separator takes one character, or tab, not '{word}'.");
            }
        });
    }

    public void AddTo(Command verb)
    {
        verb.Arguments.Add(Path);
        verb.Options.Add(Encoding);
        verb.Options.Add(Separator);
        verb.Options.Add(Sheet);
    }

    public TableReader Open(ParseResult parsed) => TableReader.Open(parsed.GetValue(Path)!, new TableReaderOptions
    {
        Encoding = parsed.GetValue(Encoding) is { } name ? Find(name) : null,
        Separator = parsed.GetValue(Separator) is { } separator ? separator == "tab" ? '\t' : separator[0] : null,
        Sheet = parsed.GetValue(Sheet),
    });

    /// <summary>Says how many rows were left out.</summary>
    public static void ReportSkipped(TableReader table, Terminal terminal)
    {
        if (table.SkippedRows > 0)
        {
            terminal.Skip(
                $"{table.Path}: {(table.SkippedRows == 1 ? "a row was" : $"{table.SkippedRows:N0} rows were")} left out: "
                + $"another number of cells than there are columns ({table.Columns.Count:N0}), or no row at all.");
        }
    }

    /// <summary>The model of tables in a folder, whose pictures lie beside the table.</summary>
    public static TableEmbedder Load(string folder, TableReader table)
    {
        var model = TableEmbedder.Load(folder);
        model.PictureRoot = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(table.Path)) ?? string.Empty;
        return model;
    }

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? System.Text.Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
