using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Changes the sample rate with a Kaiser-windowed sinc, one filter for each phase between old and new samples.</summary>
/// <remarks>
/// Smith, "Digital Audio Resampling" (1984). Passes up to 0.91 of the smaller Nyquist frequency and stops at that frequency, 120 dB down.
/// New sample k is at time k / rate, from k = 0. The sound is silent before its start and after its end.
/// </remarks>
internal static class Resampler
{
    private const double Attenuation = 120;
    private const double PassBand = 0.91;

    // Rates with a small common divisor (44,101 and 16,000) need as many filters as new samples. Those are not cached.
    private const int KeptPhases = 2048;

    public static float[] Resample(ReadOnlySpan<float> samples, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Waveform.MaxSampleRate);
        var length = (((long)samples.Length * to) + from - 1) / from;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException($"{samples.Length:N0} samples at {from} Hz exceed the largest array at {to} Hz.", nameof(samples));
        }

        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to);
        var filter = new Filter(from / divisor, to / divisor);
        var padded = new float[samples.Length + (2 * filter.HalfWidth)];
        samples.CopyTo(padded.AsSpan(filter.HalfWidth));
        var result = new float[length];
        for (var k = 0; k < result.Length; k++)
        {
            var (at, phase) = Math.DivRem((long)k * filter.Step, filter.Phases);
            result[k] = VectorMath.Dot(padded.AsSpan((int)at + 1, filter.Taps), filter.Phase((int)phase));
        }

        return result;
    }

    /// <summary>The filters. Filter p weights the old samples around a position p / <see cref="Phases"/> after one of them.</summary>
    private sealed class Filter
    {
        private readonly float[]?[] _phases;
        private readonly double _cutoff;
        private readonly double _beta = 0.1102 * (Attenuation - 8.7);
        private readonly float[] _unkept;

        public Filter(int step, int phases)
        {
            (Step, Phases) = (step, phases);
            var shrink = Math.Min(1, phases / (double)step);
            _cutoff = shrink * (1 + PassBand) / 2;
            HalfWidth = (int)Math.Ceiling((Attenuation - 8) / (2.285 * Math.PI * shrink * (1 - PassBand)) / 2);
            _phases = new float[]?[Math.Min(phases, KeptPhases)];
            _unkept = new float[Taps];
        }

        public int Step { get; }

        public int Phases { get; }

        public int HalfWidth { get; }

        public int Taps => (2 * HalfWidth) - 1;

        public ReadOnlySpan<float> Phase(int phase)
        {
            if (Phases <= KeptPhases)
            {
                return _phases[phase] ??= Fill(new float[Taps], phase);
            }

            return Fill(_unkept, phase);
        }

        // Weights sum to 1, so that a constant is unchanged.
        private float[] Fill(float[] weights, int phase)
        {
            var sum = 0.0;
            Span<double> exact = new double[Taps];
            for (var i = 0; i < Taps; i++)
            {
                var distance = i + 1 - HalfWidth - (phase / (double)Phases);
                exact[i] = Sinc(_cutoff * distance) * Kaiser(distance / HalfWidth);
                sum += exact[i];
            }

            for (var i = 0; i < Taps; i++)
            {
                weights[i] = (float)(exact[i] / sum);
            }

            return weights;
        }

        private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

        private double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(_beta * Math.Sqrt(1 - (x * x))) / Bessel(_beta);

        // The modified Bessel function of the first kind, order 0, by its series.
        private static double Bessel(double x)
        {
            var (sum, term) = (1.0, 1.0);
            for (var k = 1; term > sum * 1e-17; k++)
            {
                term *= x / (2 * k) * (x / (2 * k));
                sum += term;
            }

            return sum;
        }
    }
}
