using System.Globalization;

namespace Simile.Models.Tables;

/// <summary>Reads the texts of a table's cells. An empty text is a missing value.</summary>
internal static class TableValue
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy-MM",
    ];

    public static bool IsMissing(string? value) => string.IsNullOrEmpty(value);

    /// <summary>A finite number in the notation of programs, blanks around it left out.</summary>
    public static bool TryNumber(string? value, out double number)
    {
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
        {
            return true;
        }

        number = double.NaN;
        return false;
    }

    /// <summary>
    /// A date, or date and time, from the year to the smallest part: 2026-11-30, 2026/11/30 21:05, 2026-11-30T21:05:00Z. A time zone
    /// becomes UTC.
    /// </summary>
    public static bool TryDate(string? value, out DateTime date)
    {
        // Fourteen forms are tried only where the first five characters could begin one.
        var text = value.AsSpan().Trim();
        date = default;
        return text is [_, _, _, >= '0' and <= '9', '-' or '/', ..]
            && DateTime.TryParseExact(
                text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out date);
    }
}
