namespace Simile.Audio;

/// <summary>A window of a long sound. Each window has its own vector, so that a hit points to a time.</summary>
/// <param name="From">Start of the window.</param>
/// <param name="To">End of the window.</param>
public readonly record struct SoundWindow(TimeSpan From, TimeSpan To)
{
    /// <summary>Splits a duration into consecutive windows. A rest shorter than a tenth of a window is added to the last one.</summary>
    /// <param name="duration">The duration of the sound.</param>
    /// <param name="length">The length of a window, above 0. Ten seconds is the usual choice.</param>
    public static IReadOnlyList<SoundWindow> Cut(TimeSpan duration, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var windows = new List<SoundWindow>();
        var from = TimeSpan.Zero;
        for (; duration - from > length + (length / 10); from += length)
        {
            windows.Add(new SoundWindow(from, from + length));
        }

        windows.Add(new SoundWindow(from, duration));
        return windows;
    }
}
