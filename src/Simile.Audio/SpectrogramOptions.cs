namespace Simile.Audio;

/// <summary>Padding of the ends when frames are centered.</summary>
public enum FramePadding
{
    /// <summary>Zeros (librosa).</summary>
    Zeros,

    /// <summary>The mirrored sound without its end sample (torch, Whisper, CLAP).</summary>
    Reflect,
}

/// <summary>Settings of the short-time Fourier transform. Defaults are librosa's.</summary>
public sealed record SpectrogramOptions
{
    /// <summary>Samples per transform (n_fft). Gives FftLength / 2 + 1 frequencies.</summary>
    public int FftLength { get; init; } = 2048;

    /// <summary>Samples between the starts of two frames.</summary>
    public int HopLength { get; init; } = 512;

    /// <summary>Samples under the window; 0 is <see cref="FftLength"/>. A shorter window is centered in the transform.</summary>
    public int WindowLength { get; init; }

    /// <summary>The window, periodic.</summary>
    public WindowFunction Window { get; init; }

    /// <summary>
    /// Whether frame i is centered at sample i · <see cref="HopLength"/>. Otherwise it starts there, and only whole frames count.
    /// </summary>
    public bool Center { get; init; } = true;

    /// <summary>Padding of the ends when frames are centered.</summary>
    public FramePadding Padding { get; init; }

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">A length is below 1 or above 2²⁰, or the window is longer than the transform.</exception>
    internal void Validate()
    {
        if (FftLength is < 1 or > 1 << 20 || HopLength is < 1 or > 1 << 24 || WindowLength < 0 || WindowLength > FftLength)
        {
            throw new ArgumentException(
                $"A spectrogram needs a transform of 1 to {1 << 20} samples, a hop of at least 1 and a window no longer than the "
                + $"transform, not {FftLength}, {HopLength} and {WindowLength}.");
        }
    }
}
