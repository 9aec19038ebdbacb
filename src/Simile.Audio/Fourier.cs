namespace Simile.Audio;

/// <summary>The discrete Fourier transform of real frames. Supports any length; fast for products of small primes.</summary>
/// <remarks>
/// Stockham autosort with factors 4, 2, 3, 5 and other primes, in double. Not thread-safe: it owns its buffers. Use one per thread.
/// </remarks>
internal sealed class Fourier
{
    private readonly int[] _factors;
    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly double[] _power;
    private double[] _re;
    private double[] _im;
    private double[] _newRe;
    private double[] _newIm;

    /// <param name="length">Samples per frame, at least 1.</param>
    public Fourier(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        _factors = [.. Factor(length)];
        (_cos, _sin) = (new double[length], new double[length]);
        for (var i = 0; i < length; i++)
        {
            (_sin[i], _cos[i]) = Math.SinCos(-2 * Math.PI * i / length);
        }

        _power = new double[Bins];
        (_re, _im, _newRe, _newIm) = (new double[length], new double[length], new double[length], new double[length]);
    }

    /// <summary>Samples per frame.</summary>
    public int Length { get; }

    /// <summary>The number of frequencies from 0 to half the sample rate.</summary>
    public int Bins => (Length / 2) + 1;

    /// <summary>Computes the squared magnitude of every frequency of a frame.</summary>
    /// <param name="frame"><see cref="Length"/> samples.</param>
    /// <param name="power"><see cref="Bins"/> numbers, overwritten.</param>
    public void Power(ReadOnlySpan<double> frame, Span<double> power)
    {
        frame.CopyTo(_re);
        Array.Clear(_im);
        Transform();
        for (var i = 0; i < Bins; i++)
        {
            power[i] = (_re[i] * _re[i]) + (_im[i] * _im[i]);
        }
    }

    /// <summary>Computes the squared magnitude of every frequency of a frame, in single precision.</summary>
    /// <param name="frame"><see cref="Length"/> samples.</param>
    /// <param name="power"><see cref="Bins"/> numbers, overwritten.</param>
    public void Power(ReadOnlySpan<double> frame, Span<float> power)
    {
        Power(frame, _power);
        for (var i = 0; i < power.Length; i++)
        {
            power[i] = (float)_power[i];
        }
    }

    private static IEnumerable<int> Factor(int length)
    {
        foreach (var factor in (int[])[4, 2, 3, 5])
        {
            for (; length % factor == 0; length /= factor)
            {
                yield return factor;
            }
        }

        for (var factor = 7; length > 1; factor += 2)
        {
            for (; length % factor == 0; length /= factor)
            {
                yield return factor;
            }
        }
    }

    // Before a step, [f · m + k] holds frequency f (of l) of the samples k, k + m, k + 2m, …. A step with factor p turns l into l · p and m
    // into m / p.
    private void Transform()
    {
        var (done, left) = (1, Length);
        foreach (var factor in _factors)
        {
            left /= factor;
            for (var frequency = 0; frequency < done; frequency++)
            {
                if (factor == 4)
                {
                    Step4(done, left, frequency);
                }
                else if (factor == 2)
                {
                    Step2(done, left, frequency);
                }
                else
                {
                    Step(factor, done, left, frequency);
                }
            }

            done *= factor;
            (_re, _newRe, _im, _newIm) = (_newRe, _re, _newIm, _im);
        }
    }

    private void Step2(int done, int left, int frequency)
    {
        var (c, s) = (_cos[frequency * left], _sin[frequency * left]);
        for (int k = 0, i = frequency * 2 * left, o = frequency * left; k < left; k++, i++, o++)
        {
            var (re, im) = ((c * _re[i + left]) - (s * _im[i + left]), (c * _im[i + left]) + (s * _re[i + left]));
            (_newRe[o], _newIm[o]) = (_re[i] + re, _im[i] + im);
            (_newRe[o + (done * left)], _newIm[o + (done * left)]) = (_re[i] - re, _im[i] - im);
        }
    }

    private void Step4(int done, int left, int frequency)
    {
        var (c1, s1) = (_cos[frequency * left], _sin[frequency * left]);
        var (c2, s2) = (_cos[2 * frequency * left], _sin[2 * frequency * left]);
        var (c3, s3) = (_cos[3 * frequency * left], _sin[3 * frequency * left]);
        var (re, im, next) = (_re, _im, done * left);
        for (int k = 0, i = frequency * 4 * left, o = frequency * left; k < left; k++, i++, o++)
        {
            var (i1, i2, i3) = (i + left, i + (2 * left), i + (3 * left));
            var (re1, im1) = ((c1 * re[i1]) - (s1 * im[i1]), (c1 * im[i1]) + (s1 * re[i1]));
            var (re2, im2) = ((c2 * re[i2]) - (s2 * im[i2]), (c2 * im[i2]) + (s2 * re[i2]));
            var (re3, im3) = ((c3 * re[i3]) - (s3 * im[i3]), (c3 * im[i3]) + (s3 * re[i3]));
            var (evenRe, evenIm, oddRe, oddIm) = (re[i] + re2, im[i] + im2, re1 + re3, im1 + im3);
            var (crossRe, crossIm, turnRe, turnIm) = (re[i] - re2, im[i] - im2, im1 - im3, re3 - re1);
            (_newRe[o], _newIm[o]) = (evenRe + oddRe, evenIm + oddIm);
            (_newRe[o + next], _newIm[o + next]) = (crossRe + turnRe, crossIm + turnIm);
            (_newRe[o + (2 * next)], _newIm[o + (2 * next)]) = (evenRe - oddRe, evenIm - oddIm);
            (_newRe[o + (3 * next)], _newIm[o + (3 * next)]) = (crossRe - turnRe, crossIm - turnIm);
        }
    }

    private void Step(int factor, int done, int left, int frequency)
    {
        for (var q = 0; q < factor; q++)
        {
            var o = (frequency + (done * q)) * left;
            _newRe.AsSpan(o, left).Clear();
            _newIm.AsSpan(o, left).Clear();
            for (var r = 0; r < factor; r++)
            {
                var turn = (int)((long)(frequency + (done * q)) * r * left % Length);
                var (c, s, i) = (_cos[turn], _sin[turn], ((frequency * factor) + r) * left);
                for (var k = 0; k < left; k++)
                {
                    _newRe[o + k] += (c * _re[i + k]) - (s * _im[i + k]);
                    _newIm[o + k] += (c * _im[i + k]) + (s * _re[i + k]);
                }
            }
        }
    }
}
