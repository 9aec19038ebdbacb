using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>
/// The result of a reader: words in the order of the file, vectors (row i belongs to word i), and notes about words that were left out or
/// repaired.
/// </summary>
internal sealed record WordTable(string[] Words, VectorMatrix Vectors, IReadOnlyList<string> Notes)
{
    /// <summary>Removes duplicate words; the first occurrence is kept.</summary>
    public WordTable WithoutDuplicates()
    {
        var known = new HashSet<string>(Words.Length, StringComparer.Ordinal);
        var kept = 0;
        for (var row = 0; row < Words.Length; row++)
        {
            if (known.Add(Words[row]))
            {
                Move(row, kept++);
            }
        }

        var dropped = Words.Length - kept;
        return dropped == 0
            ? this
            : new WordTable(
                Words[..kept],
                Vectors.Slice(0, kept),
                [.. Notes, $"{dropped:N0} words are duplicates: the first occurrence of each was kept."]);
    }

    private void Move(int from, int to)
    {
        if (from != to)
        {
            Words[to] = Words[from];
            Vectors[from].CopyTo(Vectors[to]);
        }
    }
}
