using System.Globalization;

namespace Simile.Cli;

/// <summary>Times as people read them.</summary>
internal static class Clock
{
    /// <summary>Minutes and seconds, with hours from one hour on: 3:07, 1:02:03.</summary>
    public static string Of(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
