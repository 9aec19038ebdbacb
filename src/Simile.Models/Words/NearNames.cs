namespace Simile.Models.Words;

/// <summary>Suggestions for a misspelled word.</summary>
internal static class NearNames
{
    private const int MostEdits = 2;

    /// <summary>Words within an edit distance of 2. Words that differ only in case come first; ties are in the order of the list.</summary>
    public static string[] Find(string word, string[] words, int k)
    {
        var lower = word.ToLowerInvariant();
        var most = Math.Min(MostEdits, Math.Max(1, word.Length / 3));
        return
        [
            .. words.Select((known, row) => (known, row, edits: Edits(lower, known, most)))
                .Where(entry => entry.edits <= most)
                .OrderBy(entry => entry.edits)
                .ThenBy(entry => entry.row)
                .Take(k)
                .Select(entry => entry.known),
        ];
    }

    private static int Edits(string lower, string known, int most)
    {
        if (Math.Abs(known.Length - lower.Length) > most)
        {
            return int.MaxValue;
        }

        if (known.Equals(lower, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        return known.Length > 0 && lower.Length > 0 ? Distance(lower, known.ToLowerInvariant(), most) : int.MaxValue;
    }

    // Levenshtein distance; stops early once a whole row exceeds the limit.
    private static int Distance(string a, string b, int most)
    {
        Span<int> row = b.Length < 128 ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, least) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var here = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j], least) = (row[j], here, Math.Min(least, here));
            }

            if (least > most)
            {
                return int.MaxValue;
            }
        }

        return row[b.Length];
    }
}
