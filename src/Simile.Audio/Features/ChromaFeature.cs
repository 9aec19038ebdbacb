namespace Simile.Audio.Features;

/// <summary>Mean and standard deviation of the strength of the twelve pitch classes: the harmony of music.</summary>
public sealed record ChromaFeature : SoundFeature
{
    private const int Notes = 12;

    /// <inheritdoc/>
    public override string Name => "chroma";

    /// <inheritdoc/>
    public override int Dimensions => 2 * Notes;

    private protected override float[] Measure(Waveform sound)
    {
        var chroma = Chroma.Build(Spectrogram.Power(sound.Samples.Span, new SpectrogramOptions()), sound.SampleRate);
        var (vector, column) = (new float[2 * Notes], new float[chroma.Count]);
        for (var note = 0; note < Notes; note++)
        {
            for (var frame = 0; frame < column.Length; frame++)
            {
                column[frame] = chroma[frame][note];
            }

            (vector[note], vector[Notes + note]) = MeanAndDeviation(column);
        }

        return vector;
    }
}
