namespace Simile.Index.Tuning;

/// <summary>The number by which an index trades time for recall.</summary>
/// <param name="Setting">Its name.</param>
/// <param name="Most">The greatest that makes sense.</param>
/// <param name="Set">Sets it.</param>
internal sealed record Breadth(string Setting, int Most, Action<int> Set)
{
    private const double Growth = 1.15;

    /// <summary>Values to try, each a little greater than the one before.</summary>
    public int[] Values()
    {
        var values = new List<int>();
        for (var value = 1.0; value < Most; value = Math.Max(value + 1, value * Growth))
        {
            values.Add((int)value);
        }

        return [.. values, Math.Max(1, Most)];
    }
}
