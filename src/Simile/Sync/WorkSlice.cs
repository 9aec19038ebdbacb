using System.Diagnostics;

namespace Simile.Sync;

/// <summary>How much is given to an embedder at once: enough to keep it busy, little enough that little is lost and progress is seen.</summary>
internal sealed class WorkSlice(int first, int most)
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    public int Size { get; private set; } = Math.Min(first, most);

    /// <summary>Does a slice of work and sees how long it took.</summary>
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
