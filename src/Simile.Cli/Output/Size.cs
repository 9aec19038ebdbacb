using System.Globalization;

namespace Simile.Cli;

/// <summary>Bytes as people read them.</summary>
internal static class Size
{
    private const double Step = 1000;
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>In the decimal units of disks and of the hub, with three digits at least: 999 bytes, 90.9 MB.</summary>
    public static string Of(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= Step && unit < Units.Length - 1; unit++)
        {
            value /= Step;
        }

        var format = unit == 0 ? "N0" : value < 10 ? "F2" : "F1";
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}");
    }
}
