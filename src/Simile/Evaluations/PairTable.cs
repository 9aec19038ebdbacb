using System.Globalization;

namespace Simile.Evaluations;

/// <summary>Reads pairs of texts with scores from a table, with or without a header.</summary>
internal static class PairTable
{
    private static readonly string[] UsualColumns = ["sentence1", "sentence2", "score"];

    public static List<ScoredPair> Read(string path, IReadOnlyList<string>? columns, CancellationToken stop)
    {
        if (!TableReader.IsTable(path))
        {
            throw new ArgumentException(
                $"Pairs are read from a table whose name ends in {string.Join(", ", TableReader.Endings)}, not from {path}.");
        }

        using var named = TableReader.Open(path);
        var found = Find(named, columns);
        if (!IsNumber(named.Columns[found.Score]))
        {
            return Rows(named, found, stop);
        }

        using var table = TableReader.Open(path, new TableReaderOptions { HasHeader = false });
        return Rows(table, found, stop);
    }

    private static List<ScoredPair> Rows(TableReader table, (int A, int B, int Score) columns, CancellationToken stop)
    {
        var pairs = new List<ScoredPair>();
        foreach (var cells in table.Rows())
        {
            stop.ThrowIfCancellationRequested();
            pairs.Add(IsNumber(cells[columns.Score], out var score)
                ? new ScoredPair(cells[columns.A] ?? string.Empty, cells[columns.B] ?? string.Empty, score)
                : throw new InvalidDataException(
                    $"The score of pair {pairs.Count + 1} of {table.Path} is '{cells[columns.Score]}', which is no number: name the "
                    + "columns of both texts and of the score."));
        }

        return table.SkippedRows == 0 ? pairs
            : throw new InvalidDataException(
                $"{table.Path} has {table.SkippedRows:N0} rows that are no pair: each needs {table.Columns.Count} cells.");
    }

    private static (int A, int B, int Score) Find(TableReader table, IReadOnlyList<string>? columns)
    {
        if (columns is not null)
        {
            return columns is [var a, var b, var score] ? (Column(table, a), Column(table, b), Column(table, score))
                : throw new ArgumentException($"Three columns are needed, of both texts and of the score, not {columns.Count}.");
        }

        int[] usual = [.. UsualColumns.Select(name => Named(table, name))];
        return !usual.Contains(-1) ? (usual[0], usual[1], usual[2])
            : table.Columns.Count == 3 ? (0, 1, 2)
            : throw new ArgumentException(
                $"{table.Path} has {table.Columns.Count} columns ({string.Join(", ", table.Columns)}): "
                + "say which ones hold both texts and the score.");
    }

    private static int Column(TableReader table, string word)
    {
        if (Named(table, word) is >= 0 and var named)
        {
            return named;
        }

        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= table.Columns.Count
            ? number - 1
            : throw new ArgumentException(
                $"{table.Path} has no column '{word}': it has {string.Join(", ", table.Columns)}. A number from 1 works too.");
    }

    private static int Named(TableReader table, string name) =>
        table.Columns.ToList().FindIndex(column => column.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsNumber(string? cell) => IsNumber(cell, out _);

    private static bool IsNumber(string? cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
