namespace Simile.Tokenizers.Training;

/// <summary>The distinct words of the texts in ordinal order with their counts: word i occurs <c>Counts[i]</c> times.</summary>
internal sealed record WordCounts(string[] Words, long[] Counts)
{
    /// <summary>Number of distinct words.</summary>
    public int Count => Words.Length;

    /// <summary>The most frequent characters (code points as strings) in ordinal order.</summary>
    /// <param name="limit">Maximum number. Of equally frequent ones the smaller code point comes first.</param>
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

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(limit).Select(pair => pair.Key).Order()
            .Select(char.ConvertFromUtf32)];
    }
}
