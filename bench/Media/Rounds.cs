using System.Diagnostics;
using System.Globalization;

namespace Media;

/// <summary>Runs several systems that do the same work in turn. The first is the peer.</summary>
internal static class Rounds
{
    private const int Count = 5;

    /// <summary>Prints the rate of each (median of five rounds after one warm-up) and its ratio to the first.</summary>
    public static void Report(string what, int things, params ReadOnlySpan<(string Name, Action Run)> systems)
    {
        Console.WriteLine($"\n| {what} | a second | × raw |\n|---|---|---|");
        var rates = new double[systems.Length][];
        for (var i = 0; i < systems.Length; i++)
        {
            rates[i] = new double[Count];
            systems[i].Run();
        }

        for (var round = 0; round < Count; round++)
        {
            for (var i = 0; i < systems.Length; i++)
            {
                rates[i][round] = things / Seconds(systems[i].Run);
            }
        }

        for (var i = 0; i < systems.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {systems[i].Name} | {Median(rates[i]):N1} | {Median(rates[i]) / Median(rates[0]):F2} |"));
        }
    }

    /// <summary>Measures a duration.</summary>
    public static double Seconds(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The median.</summary>
    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
