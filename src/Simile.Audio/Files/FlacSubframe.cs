namespace Simile.Audio.Files;

/// <summary>One channel of a FLAC frame (RFC 9639, section 9.2).</summary>
internal static class FlacSubframe
{
    private const int MostCoefficients = 32;

    // The coefficients of the fixed predictors of order 0 to 4, for the latest sample first.
    private static readonly int[][] Fixed = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

    /// <summary>Decodes the subframe.</summary>
    /// <param name="bits">The bits, at the start of the subframe.</param>
    /// <param name="depth">Bits per sample.</param>
    /// <param name="samples">Receives the samples.</param>
    /// <exception cref="InvalidDataException">The subframe is damaged.</exception>
    public static void Read(FlacBits bits, int depth, Span<long> samples)
    {
        if (bits.Read(1) != 0)
        {
            throw FlacReader.Damaged();
        }

        var type = (int)bits.Read(6);
        var wasted = bits.Read(1) != 0 ? bits.ReadZeros() + 1 : 0;
        if (wasted >= depth)
        {
            throw FlacReader.Damaged();
        }

        depth -= wasted;
        switch (type)
        {
            case 0:
                samples.Fill(bits.ReadSigned(depth));
                break;
            case 1:
                ReadPlain(bits, depth, samples);
                break;
            case >= 8 and <= 12:
                ReadFixed(bits, depth, type - 8, samples);
                break;
            case >= 32:
                ReadLinear(bits, depth, type - 31, samples);
                break;
            default:
                throw FlacReader.Damaged();
        }

        foreach (ref var sample in wasted > 0 ? samples : [])
        {
            sample <<= wasted;
        }
    }

    private static void ReadPlain(FlacBits bits, int depth, Span<long> samples)
    {
        foreach (ref var sample in samples)
        {
            sample = bits.ReadSigned(depth);
        }
    }

    private static void ReadFixed(FlacBits bits, int depth, int order, Span<long> samples)
    {
        ReadStart(bits, depth, order, samples);
        Predict(samples, Fixed[order], 0);
    }

    private static void ReadLinear(FlacBits bits, int depth, int order, Span<long> samples)
    {
        ReadPlain(bits, depth, samples[..Math.Min(order, samples.Length)]);
        var precision = (int)bits.Read(4) + 1;
        var shift = (int)bits.ReadSigned(5);
        if (precision == 16 || shift < 0 || order > samples.Length)
        {
            throw FlacReader.Damaged();
        }

        Span<int> coefficients = stackalloc int[MostCoefficients];
        for (var i = 0; i < order; i++)
        {
            coefficients[i] = (int)bits.ReadSigned(precision);
        }

        ReadResiduals(bits, order, samples);
        Predict(samples, coefficients[..order], shift);
    }

    private static void ReadStart(FlacBits bits, int depth, int order, Span<long> samples)
    {
        if (order > samples.Length)
        {
            throw FlacReader.Damaged();
        }

        ReadPlain(bits, depth, samples[..order]);
        ReadResiduals(bits, order, samples);
    }

    // Residuals are Rice codes: a unary quotient, then a remainder. Each partition has its own remainder width.
    private static void ReadResiduals(FlacBits bits, int order, Span<long> samples)
    {
        var method = (int)bits.Read(2);
        var parts = 1 << (int)bits.Read(4);
        if (method > 1 || samples.Length % parts != 0 || samples.Length / parts < order)
        {
            throw FlacReader.Damaged();
        }

        var (width, escape) = method == 0 ? (4, 15) : (5, 31);
        for (var part = 0; part < parts; part++)
        {
            var residuals = samples[(part == 0 ? order : part * (samples.Length / parts))..((part + 1) * (samples.Length / parts))];
            var size = (int)bits.Read(width);
            if (size == escape)
            {
                ReadPlain(bits, (int)bits.Read(5), residuals);
                continue;
            }

            foreach (ref var residual in residuals)
            {
                var code = ((ulong)bits.ReadZeros() << size) | bits.Read(size);
                residual = (long)(code >> 1) ^ -(long)(code & 1);
            }
        }
    }

    private static void Predict(Span<long> samples, ReadOnlySpan<int> coefficients, int shift)
    {
        for (var i = coefficients.Length; i < samples.Length; i++)
        {
            var sum = 0L;
            for (var j = 0; j < coefficients.Length; j++)
            {
                sum += coefficients[j] * samples[i - 1 - j];
            }

            samples[i] += sum >> shift;
        }
    }
}
