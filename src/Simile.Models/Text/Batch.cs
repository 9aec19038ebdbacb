namespace Simile.Models.Text;

/// <summary>Texts that go through the network together, padded to one length.</summary>
/// <param name="Rows">Which text each row is.</param>
/// <param name="Ids">The tokens of each row.</param>
internal sealed record Batch(int[] Rows, int[][] Ids)
{
    /// <summary>Tokens of the longest row.</summary>
    public int Length => Ids.Max(ids => ids.Length);

    /// <summary>Whether all rows have that length, so that there is no padding.</summary>
    public bool IsEven => Ids.All(ids => ids.Length == Ids[0].Length);

    /// <summary>Tokens of all rows, padding not counted.</summary>
    public long Tokens => Ids.Sum(ids => (long)ids.Length);
}
