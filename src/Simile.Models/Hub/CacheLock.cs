using System.Diagnostics;

namespace Simile.Models;

/// <summary>The lock of a file in the hub's cache. It also excludes other processes, including the Python client.</summary>
/// <remarks>
/// With FileShare.None, .NET calls flock(LOCK_EX), which is what Python's filelock uses. The lock file is not deleted, as in the Python
/// client.
/// </remarks>
internal static class CacheLock
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the lock is free, and takes it.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="waits">Called about once a second while another process holds the lock.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public static async Task<IDisposable> TakeAsync(string path, Action waits, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var reported = 0L;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (reported == 0 || Stopwatch.GetElapsedTime(reported) > BetweenReports)
                {
                    waits();
                    reported = Stopwatch.GetTimestamp();
                }

                await Task.Delay(Between, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static bool IsHeld(IOException e) =>
        e is not (FileNotFoundException or DirectoryNotFoundException) && (e.HResult & 0xFFFF) is 11 or 35 or 32 or 33;
}
