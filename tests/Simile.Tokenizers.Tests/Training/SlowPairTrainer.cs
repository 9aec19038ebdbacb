namespace Simile.Tokenizers.Tests.Training;

/// <summary>The slow twin of pair training: counts all pairs anew for each merge.</summary>
internal static class SlowPairTrainer
{
    /// <param name="words">Words as lists of tokens, with their counts.</param>
    /// <param name="ids">The known tokens. Merged ones are added.</param>
    /// <param name="size">Requested number of tokens.</param>
    /// <param name="least">Minimum count of a pair.</param>
    /// <param name="prefix">Prefix of tokens inside a word.</param>
    public static List<(string Left, string Right)> Train(
        (List<string> Tokens, long Count)[] words, Dictionary<string, int> ids, int size, int least, string prefix)
    {
        var merges = new List<(string Left, string Right)>();
        while (ids.Count < size)
        {
            var pairs = words
                .SelectMany(word => word.Tokens.Zip(word.Tokens.Skip(1)).Select(pair => (pair, word.Count)))
                .GroupBy(entry => entry.pair, (pair, entries) => (Pair: pair, Count: entries.Sum(entry => entry.Count)))
                .OrderByDescending(entry => entry.Count).ThenBy(entry => ids[entry.Pair.First]).ThenBy(entry => ids[entry.Pair.Second]);
            if (pairs.FirstOrDefault() is not { Count: > 0 } best || best.Count < least)
            {
                break;
            }

            var (left, right) = best.Pair;
            var joined = left + (prefix.Length > 0 && right.StartsWith(prefix, StringComparison.Ordinal) ? right[prefix.Length..] : right);
            ids.TryAdd(joined, ids.Count);
            if (!merges.Contains((left, right)))
            {
                merges.Add((left, right));
            }

            foreach (var (tokens, _) in words)
            {
                for (var i = 0; i + 1 < tokens.Count; i++)
                {
                    if (tokens[i] == left && tokens[i + 1] == right)
                    {
                        tokens[i] = joined;
                        tokens.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }
}
