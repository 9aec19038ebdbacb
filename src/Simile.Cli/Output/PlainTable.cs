namespace Simile.Cli;

/// <summary>A table of words and numbers: columns of names are aligned to the left, the others to the right.</summary>
internal static class PlainTable
{
    /// <summary>Writes rows below their heads.</summary>
    /// <param name="heads">The name of each column.</param>
    /// <param name="rows">A cell for each column.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="names">How many of the first columns hold names.</param>
    public static void Write(string[] heads, string[][] rows, Terminal terminal, int names = 1)
    {
        string[][] all = [heads, .. rows];
        int[] widths = [.. heads.Select((_, column) => all.Max(row => row[column].Length))];
        foreach (var row in all)
        {
            terminal.WriteLine(string.Join(
                "  ", row.Select((cell, column) => column < names ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        }
    }
}
