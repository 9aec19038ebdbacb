using System.Diagnostics;

namespace Simile.Sync;

/// <summary>
/// The amount of work per call of an embedder: enough to keep it busy, little enough that little is lost and progress is visible.
/// </summary>
internal sealed class WorkSlice(int first, int most)
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    public int Size { get; private set; } = Math.Min(first, most);

    /// <summary>Runs a slice of work and measures its time.</summary>
    public async Task<T> MeasureAsync<T>(Func<Task<T>> work)
    {
        var begin = Stopwatch.GetTimestamp();
        var result = await work().ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(begin);
        if (elapsed < Quick)
        {
            Size = Math.Min(most, Size * 2);
        }
        else if (elapsed > Slow)
        {
            Size = Math.Max(1, Size / 2);
        }

        return result;
    }
}
