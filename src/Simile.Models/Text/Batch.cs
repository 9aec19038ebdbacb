namespace Simile.Models.Text;

/// <summary>Texts that run through the network together, padded to one length.</summary>
/// <param name="Rows">The index of each row's text.</param>
/// <param name="Ids">The tokens of each row.</param>
internal sealed record Batch(int[] Rows, int[][] Ids)
{
    /// <summary>Number of tokens of the longest row.</summary>
    public int Length => Ids.Max(ids => ids.Length);

    /// <summary>Whether all rows have that length, so that there is no padding.</summary>
    public bool IsEven => Ids.All(ids => ids.Length == Ids[0].Length);

    /// <summary>Number of tokens in all rows without padding.</summary>
    public long Tokens => Ids.Sum(ids => (long)ids.Length);
}
