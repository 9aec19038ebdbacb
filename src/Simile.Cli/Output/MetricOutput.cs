using System.Globalization;

namespace Simile.Cli;

/// <summary>Prints named numbers, one per line, as {"metric","value"} or as text.</summary>
internal static class MetricOutput
{
    public static void Print(IEnumerable<(string Metric, double Value)> numbers, bool asJson, Terminal terminal)
    {
        foreach (var (metric, value) in numbers)
        {
            if (asJson)
            {
                new JsonLines(terminal.Output).Write(json =>
                {
                    json.WriteString("metric", metric);
                    Write(json, value);
                });
            }
            else
            {
                terminal.WriteLine($"{metric}  {terminal.Bold(value.ToString("0.####", CultureInfo.InvariantCulture))}");
            }
        }
    }

    /// <summary>Writes "value"; null for NaN and infinity, which JSON does not have.</summary>
    public static void Write(System.Text.Json.Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber("value", value);
        }
        else
        {
            json.WriteNull("value");
        }
    }
}
