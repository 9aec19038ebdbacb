using System.Globalization;

namespace Simile.Cli;

/// <summary>Formats times for people.</summary>
internal static class Clock
{
    /// <summary>Minutes and seconds, with hours if needed: 3:07, 1:02:03.</summary>
    public static string Of(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
