namespace Simile.Audio;

/// <summary>What stands beyond the ends of the sound when frames are centred.</summary>
public enum FramePadding
{
    /// <summary>Silence (librosa).</summary>
    Zeros,

    /// <summary>The sound mirrored, without its end sample (torch, Whisper, CLAP).</summary>
    Reflect,
}

/// <summary>How sound is cut into frames and each frame into frequencies. Defaults are librosa's.</summary>
public sealed record SpectrogramOptions
{
    /// <summary>Samples of a transform (n_fft); gives FftLength / 2 + 1 frequencies.</summary>
    public int FftLength { get; init; } = 2048;

    /// <summary>Samples from one frame to the next.</summary>
    public int HopLength { get; init; } = 512;

    /// <summary>Samples under the window; 0 is <see cref="FftLength"/>. A shorter window stands in the middle of the transform.</summary>
    public int WindowLength { get; init; }

    /// <summary>The window, periodic.</summary>
    public WindowFunction Window { get; init; }

    /// <summary>Whether frame i is centred at sample i · <see cref="HopLength"/>; else it begins there and only whole frames count.</summary>
    public bool Center { get; init; } = true;

    /// <summary>What stands beyond the ends of the sound when frames are centred.</summary>
    public FramePadding Padding { get; init; }

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="ArgumentException">A length is below 1, above 2²⁰, or the window longer than the transform.</exception>
    internal void Validate()
    {
        if (FftLength is < 1 or > 1 << 20 || HopLength is < 1 or > 1 << 24 || WindowLength < 0 || WindowLength > FftLength)
        {
            throw new ArgumentException(
                $"A spectrogram needs a transform of 1 to {1 << 20} samples, a hop of at least 1 and a window no longer than the transform, not {FftLength}, {HopLength} and {WindowLength}.");
        }
    }
}
