using System.Text;

namespace Simile.Models.Words;

/// <summary>Which rows of the input matrix a text of fastText's supervised mode has: its words, their n-grams of letters, and runs of words by their hash.</summary>
internal static class FastTextFeatures
{
    public const string EndOfLine = "</s>";
    public const string LabelPrefix = "__label__";

    // fastText's Dictionary::addWordNgrams.
    private const ulong Multiplier = 116049371;

    /// <summary>The hash of a word, as runs of words use it: of 32 bits, and extended with its sign.</summary>
    public static int Hash(string word) => (int)Subwords.Hash(Encoding.UTF8.GetBytes(word));

    /// <summary>Adds the buckets of all runs of two to <paramref name="longest"/> words.</summary>
    public static void AddRuns(ReadOnlySpan<int> hashes, int longest, int buckets, List<int> found)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            var hash = (ulong)(long)hashes[i];
            for (var j = i + 1; j < hashes.Length && j < i + longest; j++)
            {
                hash = unchecked((hash * Multiplier) + (ulong)(long)hashes[j]);
                found.Add((int)(hash % (ulong)buckets));
            }
        }
    }
}
