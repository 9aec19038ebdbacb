namespace Simile.Cli;

/// <summary>Finds the known word that a mistyped word probably means.</summary>
internal static class Suggestion
{
    private const int Beginning = 3;

    /// <summary>The value of the closest known word; null if none is close.</summary>
    /// <param name="word">The typed word.</param>
    /// <param name="known">Known words with their values.</param>
    public static string? For(string word, IEnumerable<(string Word, string Meaning)> known)
    {
        var lower = word.ToLowerInvariant();
        var length = lower.TrimStart('-').Length;
        var most = length < Beginning ? 0 : Math.Max(1, length / 3);
        var best = known.Select(entry => (entry.Meaning, Distance: Distance(lower, entry.Word), Edits: Edits(lower, entry.Word)))
            .MinBy(entry => (entry.Distance, entry.Edits));
        return best.Meaning is not null && best.Distance <= most ? best.Meaning : null;
    }

    // A prefix or an extension of a word is close, whatever its length.
    private static int Distance(string typed, string known)
    {
        var begins = typed.Length >= Beginning && known.StartsWith(typed, StringComparison.Ordinal);
        var goesOn = known.TrimStart('-').Length >= Beginning && typed.StartsWith(known, StringComparison.Ordinal);
        return begins || goesOn ? 1 : Edits(typed, known);
    }

    // Optimal string alignment: insertions, deletions, substitutions and transpositions.
    private static int Edits(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
