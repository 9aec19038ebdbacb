namespace Simile.Models;

/// <summary>The progress of a pull.</summary>
/// <param name="Files">Files that are complete.</param>
/// <param name="TotalFiles">Files that are needed.</param>
/// <param name="Bytes">Bytes that are on the disk.</param>
/// <param name="TotalBytes">Bytes of all files that are needed.</param>
/// <param name="EarlierBytes">The part of <paramref name="Bytes"/> that comes from an earlier pull.</param>
/// <param name="Elapsed">Time since the pull began.</param>
/// <param name="WaitsForOther">Whether the pull waits for another process that downloads the same file.</param>
public readonly record struct HubProgress(
    int Files, int TotalFiles, long Bytes, long TotalBytes, long EarlierBytes, TimeSpan Elapsed, bool WaitsForOther)
{
    /// <summary>Mean rate of this pull.</summary>
    public double BytesPerSecond => Elapsed > TimeSpan.Zero ? Math.Max(0, Bytes - EarlierBytes) / Elapsed.TotalSeconds : 0;

    /// <summary>Time left at that rate; null before the first bytes.</summary>
    public TimeSpan? TimeLeft => BytesPerSecond > 0 ? TimeSpan.FromSeconds((TotalBytes - Bytes) / BytesPerSecond) : null;
}
