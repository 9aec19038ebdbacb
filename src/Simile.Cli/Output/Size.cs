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

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? bytes.ToString("N0", CultureInfo.InvariantCulture) : value.ToString(value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture))} {Units[unit]}");
    }
}
