using System.Text;

namespace Simile.Models.Words;

/// <summary>
/// The rows of the input matrix for a text, as in fastText's supervised mode: its words, their character n-grams, and its word n-grams by
/// hash.
/// </summary>
internal static class FastTextFeatures
{
    public const string EndOfLine = "</s>";
    public const string LabelPrefix = "__label__";

    // fastText's Dictionary::addWordNgrams.
    private const ulong Multiplier = 116049371;

    /// <summary>The hash of a word for word n-grams: 32 bits, sign-extended.</summary>
    public static int Hash(string word) => (int)Subwords.Hash(Encoding.UTF8.GetBytes(word));

    /// <summary>Adds the buckets of all word n-grams of 2 to <paramref name="longest"/> words.</summary>
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
