namespace Simile.Cli;

/// <summary>Reads pairs of texts, one pair per line with a tab between.</summary>
internal static class PairReader
{
    /// <summary>
    /// The next pairs in order; null at the end. A line that is not a pair is reported and skipped; blank lines are ignored.
    /// </summary>
    public static List<(string A, string B)>? ReadChunk(LineReader reader, int most, Terminal terminal, CancellationToken stop)
    {
        var number = reader.LineNumber;
        var lines = reader.ReadChunk(most, stop);
        var pairs = new List<(string, string)>(lines.Count);
        foreach (var line in lines)
        {
            number++;
            var columns = line.Split('\t');
            if (columns.Length == 2)
            {
                pairs.Add((columns[0], columns[1]));
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                terminal.Skip(
                    $"{reader.Name} line {number} has {columns.Length} column{(columns.Length == 1 ? "" : "s")}: "
                    + "a pair is two texts with one tab between.");
            }
        }

        return lines.Count == 0 ? null : pairs;
    }
}
