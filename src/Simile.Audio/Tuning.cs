using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Estimates an instrument's deviation from A = 440 Hz from the peaks of its spectrum.</summary>
/// <remarks>
/// As librosa's estimate_tuning: peaks between 150 and 4,000 Hz with parabolic interpolation; the most frequent deviation of the louder
/// half, in hundredths.
/// </remarks>
internal static class Tuning
{
    private const double Lowest = 150;
    private const double Highest = 4000;
    private const double Threshold = 0.1;
    private const int Notes = 12;
    private const int Steps = 100;

    /// <summary>The deviation in semitones, from −0.5 to 0.5. 0 if there is no peak.</summary>
    /// <param name="powers">Frames × (fftLength / 2 + 1).</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static double Estimate(VectorMatrix powers, int sampleRate)
    {
        var peaks = new List<(double Hertz, double Loudness)>();
        for (var i = 0; i < powers.Count; i++)
        {
            AddPeaks(powers[i], sampleRate / (2.0 * (powers.Dimensions - 1)), peaks);
        }

        if (peaks.Count == 0)
        {
            return 0;
        }

        var median = Median([.. peaks.Select(peak => peak.Loudness)]);
        Span<int> counts = stackalloc int[Steps];
        foreach (var (hertz, _) in peaks.Where(peak => peak.Loudness >= median))
        {
            counts[Bin(hertz)]++;
        }

        var commonest = 0;
        for (var i = 1; i < Steps; i++)
        {
            commonest = counts[i] > counts[commonest] ? i : commonest;
        }

        return (commonest / (double)Steps) - 0.5;
    }

    private static void AddPeaks(ReadOnlySpan<float> row, double step, List<(double Hertz, double Loudness)> peaks)
    {
        var loudest = 0f;
        foreach (var value in row)
        {
            loudest = Math.Max(loudest, value);
        }

        var threshold = Threshold * loudest;
        for (var j = 1; j < row.Length - 1; j++)
        {
            var (before, here, behind) = (Above(row[j - 1]), Above(row[j]), Above(row[j + 1]));
            if (j * step is < Lowest or >= Highest || !(here > before && here >= behind))
            {
                continue;
            }

            var bend = row[j + 1] + row[j - 1] - (2.0 * row[j]);
            var slope = (row[j + 1] - (double)row[j - 1]) / 2;
            var shift = Math.Abs(slope) >= Math.Abs(bend) ? 0 : -slope / bend;
            peaks.Add(((j + shift) * step, row[j] + (0.5 * slope * shift)));
        }

        double Above(float value) => value > threshold ? value : 0;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }

    private static int Bin(double hertz)
    {
        var place = Notes * Math.Log2(hertz / 27.5);
        var deviation = place - Math.Floor(place);
        deviation -= deviation >= 0.5 ? 1 : 0;
        return Math.Clamp((int)((deviation + 0.5) * Steps), 0, Steps - 1);
    }
}
