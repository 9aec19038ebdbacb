namespace Simile.Audio;

/// <summary>A part of a long sound, which gets a vector of its own, so that what is found points at its second.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
public readonly record struct SoundWindow(TimeSpan From, TimeSpan To)
{
    /// <summary>Cuts a length into windows, one after the other. A rest of less than a tenth of a window goes to the one before it.</summary>
    /// <param name="duration">How long the sound is.</param>
    /// <param name="length">How long a window is, above 0; ten seconds where nothing else is known.</param>
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
