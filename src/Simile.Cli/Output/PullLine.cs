using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>How far a pull is, on the progress line: share, bytes, rate, time left; within 80 columns.</summary>
internal sealed class PullLine(ProgressLine line) : IProgress<HubProgress>
{
    public void Report(HubProgress value) => line.Show(_ => Describe(value));

    /// <summary>The line.</summary>
    public static string Describe(HubProgress progress)
    {
        var share = progress.TotalBytes > 0 ? (double)progress.Bytes / progress.TotalBytes : 0;
        var left = progress.TimeLeft is { } time && progress.Bytes < progress.TotalBytes ? $"  {Clock.Of(time)} left" : string.Empty;
        return progress.WaitsForOther
            ? "waiting for another process that pulls the same file"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{ProgressLine.Bar(share)} {share:P0}  {Size.Of(progress.Bytes)} "
                + $"of {Size.Of(progress.TotalBytes)}  {Size.Of((long)progress.BytesPerSecond)}/s{left}");
    }
}
