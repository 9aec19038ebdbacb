using System.Globalization;

namespace Simile.Plotting.Charts;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>
    /// Round numbers from <paramref name="least"/> to <paramref name="most"/>, in steps of 1, 2 or 5 times a power of ten.
    /// </summary>
    public static IReadOnlyList<double> Between(double least, double most, int about, bool whole)
    {
        var rough = (most - least) / Math.Max(1, about);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(value => value >= rough * .999);
        step = whole ? Math.Max(1, Math.Round(step)) : step;
        var first = Math.Ceiling((least / step) - 1e-9);
        return [.. Enumerable.Range(0, (int)Math.Floor((most / step) - first + 1e-9) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>A number in short form: 0.25, 1,200, 3.5M.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        >= 1e9 or (> 0 and < 1e-4) => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1000 => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
