using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Simile.Cli;

/// <summary>One progress line on standard error that is rewritten, and removed at the end.</summary>
/// <remarks>
/// Nothing is shown if the width is 0. Thread-safe. A progress bar of a UI library would take longer to start than a short run takes in
/// all.
/// </remarks>
internal sealed class ProgressLine(string what, long? total, Lock errorLock, int width) : IProgress<int>, IDisposable
{
    private static readonly TimeSpan FirstShown = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next = FirstShown;
    private bool _visible = width > 0;
    private bool _shown;
    private string _what = what;

    /// <summary>The total number, once it is known.</summary>
    public long? Total { get; set; } = total;

    /// <inheritdoc/>
    public void Report(int value) => Report((long)value);

    /// <summary>For work in several stages, each with its own name and total.</summary>
    public void Report(string stage, long done, long total)
    {
        (_what, Total) = (stage, total);
        Report(done);
    }

    public void Report(long done) => Report((double)done);

    /// <summary>How many are done, with the part of the one that is under way.</summary>
    public void Report(double done) => Show(elapsed => Describe(done, elapsed));

    /// <summary>For work that describes itself; the description is asked for when the line is due.</summary>
    public void Show(Func<TimeSpan, string> describe)
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (!_visible || elapsed < _next)
        {
            return;
        }

        lock (errorLock)
        {
            if (!_visible)
            {
                return;
            }

            _next = elapsed + Pause;
            _shown = true;
            var line = describe(elapsed);
            // what wraps cannot be cleared
            StandardError.Write("\r\u001b[2K" + (line.GetCellWidth() < width ? line : Cut.ToWidth(line, width - 1)));
        }
    }

    /// <summary>Clears the line for a message. The next report shows it again.</summary>
    public void Clear()
    {
        if (_shown)
        {
            StandardError.Write("\r\u001b[2K");
            _shown = false;
        }
    }

    public void Dispose()
    {
        lock (errorLock)
        {
            _visible = false;
            Clear();
        }
    }

    /// <summary>A bar that is filled to a share of 0 to 1.</summary>
    public static string Bar(double share)
    {
        const int Length = 24;
        var filled = (int)(Math.Clamp(share, 0, 1) * Length);
        return new string('━', filled) + new string('·', Length - filled);
    }

    private string Describe(double done, TimeSpan elapsed)
    {
        var perSecond = done / elapsed.TotalSeconds;
        if (Total is not > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(done):N0} {_what}  {perSecond:N0}/s");
        }

        var share = Math.Clamp(done / Total.Value, 0, 1);
        var left = done > 0 ? $"  {Clock.Of(TimeSpan.FromSeconds((Total.Value - done) / perSecond))} left" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Bar(share)} {share:P0}  {Math.Floor(done):N0} "
            + $"of {Total:N0} {_what}{(perSecond >= 1 ? $"  {perSecond:N0}/s" : string.Empty)}{left}");
    }
}
