using System.Globalization;

namespace Simile.Models.Words;

/// <summary>
/// Parses decimal numbers as floats, rounded to nearest. Powers of ten up to 10^22 are exact in double (Clinger 1990), so dividing the
/// digits by one of them has an error of at most 2 ulp of a double. If this error could change the rounding to float, or if the number is
/// longer, the parser of .NET is used.
/// </summary>
internal static class WordNumber
{
    private const ulong DigitsFit = (ulong.MaxValue - 9) / 10;
    private const int LargestPower = 22;

    // The 29 low bits of the fraction of a double that do not fit into a float.
    private const long BelowFloat = (1L << 29) - 1;
    private const long HalfWay = 1L << 28;
    private const long Uncertain = 4;

    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Parses the number that starts at <paramref name="at"/> and ends at a space or at the end of the line, and moves
    /// <paramref name="at"/> after it.
    /// </summary>
    /// <returns>False if there is no finite number in the range of a float.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, ref int at, out float value)
    {
        var start = at;
        var (negative, mantissa, exponent, digits) = (false, 0UL, 0, 0);
        if (at < line.Length && line[at] is (byte)'-' or (byte)'+')
        {
            negative = line[at++] == '-';
        }

        digits += ReadDigits(line, ref at, ref mantissa, ref exponent, afterPoint: false);
        if (at < line.Length && line[at] == '.')
        {
            at++;
            digits += ReadDigits(line, ref at, ref mantissa, ref exponent, afterPoint: true);
        }

        var plain = at >= line.Length || IsBlank(line[at]);
        if (plain && digits > 0 && mantissa < ulong.MaxValue && exponent is <= 0 and >= -LargestPower
            && TryRound(mantissa, exponent, negative, out value))
        {
            return true;
        }

        return TryReadSlowly(line, start, ref at, out value);
    }

    /// <summary>The reference implementation for tests.</summary>
    public static bool TryReadSlowly(ReadOnlySpan<byte> line, int start, ref int at, out float value)
    {
        at = start;
        while (at < line.Length && !IsBlank(line[at]))
        {
            at++;
        }

        return float.TryParse(
            line[start..at],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out value)
            && float.IsFinite(value);
    }

    /// <summary>Whether a byte separates the fields of a line.</summary>
    public static bool IsBlank(byte letter) => letter is (byte)' ' or (byte)'\t' or (byte)'\r';

    // Too many digits make the mantissa too large for the fast path.
    private static int ReadDigits(ReadOnlySpan<byte> line, ref int at, ref ulong mantissa, ref int exponent, bool afterPoint)
    {
        var start = at;
        var number = mantissa;
        while ((uint)at < (uint)line.Length && (uint)(line[at] - '0') <= 9)
        {
            number = number <= DigitsFit ? (number * 10) + (uint)(line[at] - '0') : ulong.MaxValue;
            at++;
        }

        mantissa = number;
        exponent -= afterPoint ? at - start : 0;
        return at - start;
    }

    private static bool TryRound(ulong mantissa, int exponent, bool negative, out float value)
    {
        var number = mantissa / Powers[-exponent];
        value = (float)(negative ? -number : number);
        return Math.Abs((BitConverter.DoubleToInt64Bits(number) & BelowFloat) - HalfWay) > Uncertain
            && (float.IsNormal(value) || mantissa == 0);
    }
}
