namespace Simile.Audio.Files;

/// <summary>
/// Splits a sound into windows while reading it. Equal to <see cref="SoundWindow.Cut"/> and <see cref="Waveform.Slice"/> on the whole
/// sound.
/// </summary>
internal static class WindowReader
{
    /// <summary>The windows of a file.</summary>
    public static IEnumerable<(SoundWindow Window, Waveform Sound)> Read(string path, TimeSpan length)
    {
        using var sound = OpenSound.Open(path);
        var rate = sound.Rate;

        // Longer than a window and a tenth. Otherwise the rest belongs to this window.
        var ahead = new float[Samples(length + (length / 10), rate) + 2];
        var (first, filled) = (0L, sound.Read(ahead));
        for (var from = TimeSpan.Zero; filled > 0; from += length)
        {
            var end = TimeSpan.FromSeconds((first + filled) / (double)rate);
            if (end - from <= length + (length / 10))
            {
                yield return (new SoundWindow(from, end), new Waveform(ahead.AsMemory(0, filled), rate));
                yield break;
            }

            yield return (new SoundWindow(from, from + length), new Waveform(ahead.AsSpan(0, Samples(length, rate)).ToArray(), rate));
            var next = (long)Math.Round((from + length).TotalSeconds * rate);
            ahead.AsSpan((int)(next - first), filled - (int)(next - first)).CopyTo(ahead);
            filled -= (int)(next - first);
            first = next;
            filled += sound.Read(ahead.AsMemory(filled));
        }
    }

    private static int Samples(TimeSpan length, int rate) => (int)Math.Min(Math.Round(length.TotalSeconds * rate), Array.MaxLength / 2);
}
