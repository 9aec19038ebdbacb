using Simile.Numerics;

namespace Simile.Audio;

/// <summary>The strength of each of the twelve pitch classes in every frame, over all octaves.</summary>
/// <remarks>Ellis, "Chroma feature analysis and synthesis" (2007), as in librosa's chroma_stft.</remarks>
public static class Chroma
{
    private const int Notes = 12;
    private const double CenterOctave = 5;
    private const double OctaveWidth = 2;
    private const double LowestA = 27.5;

    /// <summary>Frames × 12, from C to B. Each frame is scaled so that its maximum is 1.</summary>
    /// <param name="powers">Frames × (fftLength / 2 + 1).</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="tuning">The deviation of the notes from A = 440 Hz, in semitones; null to estimate it (<see cref="Tuning"/>).</param>
    public static VectorMatrix Build(VectorMatrix powers, int sampleRate, double? tuning = null)
    {
        ArgumentNullException.ThrowIfNull(powers);
        var filters = Filters(sampleRate, 2 * (powers.Dimensions - 1), tuning ?? Tuning.Estimate(powers, sampleRate));
        var chroma = new VectorMatrix(powers.Count, Notes);
        MatrixProduct.TimesTransposed(powers, filters, chroma);
        for (var i = 0; i < chroma.Count; i++)
        {
            var loudest = 0f;
            foreach (var value in chroma[i])
            {
                loudest = Math.Max(loudest, Math.Abs(value));
            }

            foreach (ref var value in chroma[i])
            {
                value = loudest < 1.17549435e-38f ? value : value / loudest;
            }
        }

        return chroma;
    }

    private static VectorMatrix Filters(int sampleRate, int fftLength, double tuning)
    {
        var places = new double[fftLength];
        for (var j = 1; j < fftLength; j++)
        {
            places[j] = Notes * Math.Log2((double)sampleRate * j / fftLength / (LowestA * Math.Pow(2, tuning / Notes)));
        }

        // The bin of frequency 0 is placed one and a half octaves below the first.
        places[0] = places[1] - (1.5 * Notes);
        var filters = new VectorMatrix(Notes, (fftLength / 2) + 1);
        for (var j = 0; j < filters.Dimensions; j++)
        {
            var width = j + 1 < fftLength ? Math.Max(places[j + 1] - places[j], 1) : 1;
            FillColumn(filters, j, places[j], width);
        }

        return filters;
    }

    private static void FillColumn(VectorMatrix filters, int column, double place, double width)
    {
        Span<double> weights = stackalloc double[Notes];
        var squares = 0.0;
        for (var note = 0; note < Notes; note++)
        {
            var shifted = place - note + (Notes / 2) + (10 * Notes);
            var distance = shifted - (Notes * Math.Floor(shifted / Notes)) - (Notes / 2);
            weights[note] = Math.Exp(-0.5 * Math.Pow(2 * distance / width, 2));
            squares += weights[note] * weights[note];
        }

        var octave = Math.Exp(-0.5 * Math.Pow(((place / Notes) - CenterOctave) / OctaveWidth, 2));
        for (var note = 0; note < Notes; note++)
        {
            // Pitch positions count from A; rows count from C.
            filters[(note + Notes - 3) % Notes][column] = (float)(weights[note] / Math.Sqrt(squares) * octave);
        }
    }
}
