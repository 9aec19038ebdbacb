using Simile.Plotting;

namespace Simile.Cli;

/// <summary>Writes charts to files.</summary>
internal static class ChartOutput
{
    /// <summary>Writes SVG if the name ends in .svg, otherwise PNG.</summary>
    public static void Save(Chart chart, string path)
    {
        if (path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            chart.SaveSvg(path);
        }
        else
        {
            chart.SavePng(path);
        }
    }
}
