namespace Simile.Models;

/// <summary>Retries a request after a transient failure.</summary>
internal static class HubRetries
{
    private static readonly TimeSpan LongestOwnPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Runs until it succeeds, fails for good, or has failed <see cref="HubOptions.Attempts"/> times in a row without progress.
    /// </summary>
    /// <param name="options">Attempts and pauses.</param>
    /// <param name="attempt">The work; after a failure it resumes.</param>
    /// <param name="progress">A number that grows when data has arrived.</param>
    /// <param name="cancellationToken">Stops the pauses.</param>
    public static async Task<T> RunAsync<T>(
        HubOptions options, Func<Task<T>> attempt, Func<long> progress, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            var before = progress();
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (HubException e) when (e.IsTransient)
            {
                failures = progress() > before ? 1 : failures + 1;
                if (failures >= options.Attempts || e.RetryAfter > options.LongestPause)
                {
                    throw;
                }

                await Task.Delay(Pause(options, e, failures), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static TimeSpan Pause(HubOptions options, HubException e, int failures)
    {
        var own = options.Pause * Math.Pow(2, failures - 1);
        return e.RetryAfter is { } asked ? (asked > TimeSpan.Zero ? asked : TimeSpan.Zero) : own < LongestOwnPause ? own : LongestOwnPause;
    }
}
