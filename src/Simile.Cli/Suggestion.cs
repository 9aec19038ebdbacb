namespace Simile.Cli;

/// <summary>Which of the known words somebody meant who typed another.</summary>
internal static class Suggestion
{
    private const int Beginning = 3;

    /// <summary>The meaning of the known word that is closest; null where none is close.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="known">Words, and what each of them stands for.</param>
    public static string? For(string word, IEnumerable<(string Word, string Meaning)> known)
    {
        var lower = word.ToLowerInvariant();
        var length = lower.TrimStart('-').Length;
        var most = length < Beginning ? 0 : Math.Max(1, length / 3);
        var best = known.Select(entry => (entry.Meaning, Distance: Distance(lower, entry.Word), Edits: Edits(lower, entry.Word))).MinBy(entry => (entry.Distance, entry.Edits));
        return best.Meaning is not null && best.Distance <= most ? best.Meaning : null;
    }

    // The beginning of a word, or a word with something behind it, is close whatever the length.
    private static int Distance(string typed, string known)
    {
        var begins = typed.Length >= Beginning && known.StartsWith(typed, StringComparison.Ordinal);
        var goesOn = known.TrimStart('-').Length >= Beginning && typed.StartsWith(known, StringComparison.Ordinal);
        return begins || goesOn ? 1 : Edits(typed, known);
    }

    // Optimal string alignment: insertions, deletions, replacements, and neighbors that changed places.
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
