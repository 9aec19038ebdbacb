using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>What a reader found: words in the order of the file, row i of the vectors for word i, and sentences on what was left out or repaired.</summary>
internal sealed record WordTable(string[] Words, VectorMatrix Vectors, IReadOnlyList<string> Notes)
{
    /// <summary>Leaves out words that stand there a second time: the first one stands.</summary>
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
        return dropped == 0 ? this : new WordTable(Words[..kept], Vectors.Slice(0, kept), [.. Notes, $"{dropped:N0} words stand there a second time: the first of each was taken."]);
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
