using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Measures of the spectrum with one value per frame, in Hz, as librosa defines them.</summary>
public static class SpectralShape
{
    /// <summary>Spectral centroid: the mean frequency, weighted by magnitude.</summary>
    /// <param name="magnitudes">Frames × (fftLength / 2 + 1).</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static float[] Centroid(VectorMatrix magnitudes, int sampleRate) =>
        Each(magnitudes, (row, _) => Middle(row, Step(row, sampleRate)));

    /// <summary>Spectral bandwidth: the standard deviation of the magnitudes around their centroid.</summary>
    /// <param name="magnitudes">Frames × (fftLength / 2 + 1).</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static float[] Bandwidth(VectorMatrix magnitudes, int sampleRate) => Each(magnitudes, (row, total) =>
    {
        var (step, spread) = (Step(row, sampleRate), 0.0);
        var middle = Middle(row, step);
        for (var j = 0; j < row.Length && total > 0; j++)
        {
            spread += row[j] / total * ((j * step) - middle) * ((j * step) - middle);
        }

        return Math.Sqrt(spread);
    });

    /// <summary>Spectral rolloff: the frequency below which a share of the magnitudes lies.</summary>
    /// <param name="magnitudes">Frames × (fftLength / 2 + 1).</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="share">The share, in (0, 1).</param>
    public static float[] Rolloff(VectorMatrix magnitudes, int sampleRate, double share = 0.85) => Each(magnitudes, (row, total) =>
    {
        var (sum, j) = (0.0, 0);
        for (; j < row.Length; j++)
        {
            sum += row[j];
            if (sum >= share * total)
            {
                break;
            }
        }

        return j * Step(row, sampleRate);
    });

    /// <summary>Spectral flatness: the geometric mean of the powers over their arithmetic mean. 0 for a tone, 1 for white noise.</summary>
    /// <param name="powers">Frames × (fftLength / 2 + 1).</param>
    /// <param name="floor">Smaller powers are replaced by this value.</param>
    public static float[] Flatness(VectorMatrix powers, double floor = 1e-10) => Each(powers, (row, _) =>
    {
        var (logs, sum) = (0.0, 0.0);
        foreach (var value in row)
        {
            logs += Math.Log(Math.Max(floor, value));
            sum += Math.Max(floor, value);
        }

        return Math.Exp(logs / row.Length) / (sum / row.Length);
    });

    private delegate double Measure(ReadOnlySpan<float> row, double total);

    private static float[] Each(VectorMatrix spectrogram, Measure measure)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        var values = new float[spectrogram.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var total = 0.0;
            foreach (var value in spectrogram[i])
            {
                total += value;
            }

            values[i] = (float)measure(spectrogram[i], total);
        }

        return values;
    }

    private static double Step(ReadOnlySpan<float> row, int sampleRate) => sampleRate / (2.0 * (row.Length - 1));

    private static double Middle(ReadOnlySpan<float> row, double step)
    {
        var (weighted, total) = (0.0, 0.0);
        for (var j = 0; j < row.Length; j++)
        {
            weighted += row[j] * j * step;
            total += row[j];
        }

        return total > 0 ? weighted / total : 0;
    }
}
