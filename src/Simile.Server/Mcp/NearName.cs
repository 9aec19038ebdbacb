namespace Simile.Server.Mcp;

/// <summary>Finds names like one that does not exist.</summary>
internal static class NearName
{
    private const int MostCompared = 20_000;

    /// <summary>The names that are near, nearest first; those that are too different are left out.</summary>
    public static IEnumerable<string> Order(string given, IEnumerable<string> names)
    {
        var wanted = Name(given);
        return names.Take(MostCompared)
            .Select(name => (name, Distance: Distance(wanted, Name(name))))
            .Where(
                entry => entry.Distance <= Math.Max(2, wanted.Length / 3) || entry.name.Contains(given, StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.Distance)
            .Select(entry => entry.name);
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..].ToUpperInvariant();

    // Levenshtein's edit distance.
    private static int Distance(string a, string b)
    {
        const int Longest = 200;
        if (a.Length > Longest || b.Length > Longest)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, previous) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, previous) = (row[j], Math.Min(Math.Min(row[j], previous) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
                row[j] = previous;
            }
        }

        return row[^1];
    }
}
