namespace Simile.Index.Tuning;

/// <summary>The setting that trades speed for recall.</summary>
/// <param name="Setting">Its name.</param>
/// <param name="Most">Its largest useful value.</param>
/// <param name="Set">Sets it.</param>
internal sealed record Breadth(string Setting, int Most, Action<int> Set)
{
    private const double Growth = 1.15;

    /// <summary>Values to try, in small increasing steps.</summary>
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
