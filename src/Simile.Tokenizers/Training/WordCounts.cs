namespace Simile.Tokenizers.Training;

/// <summary>The different words of the texts in ordinal order, and how often each is there: <c>Counts[i]</c> times <c>Words[i]</c>.</summary>
internal sealed record WordCounts(string[] Words, long[] Counts)
{
    /// <summary>Number of different words.</summary>
    public int Count => Words.Length;

    /// <summary>The most frequent characters (code points as strings) in ordinal order.</summary>
    /// <param name="limit">How many to take; of two equally frequent ones the smaller comes first.</param>
    public string[] Alphabet(int limit)
    {
        var counts = new Dictionary<int, long>();
        for (var i = 0; i < Words.Length; i++)
        {
            foreach (var rune in Words[i].EnumerateRunes())
            {
                counts[rune.Value] = counts.GetValueOrDefault(rune.Value) + Counts[i];
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(limit).Select(pair => pair.Key).Order().Select(char.ConvertFromUtf32)];
    }
}
