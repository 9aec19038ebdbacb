using System.Globalization;
using System.Text.Json;
using Simile.Analyses;

namespace Simile.Cli;

/// <summary>How an analyzed item is named: a file as the person named it, a row of a file of vectors by its number.</summary>
internal static class ItemName
{
    public static string Of(AnalyzedItem item, GivenPaths paths) =>
        item.Kind is not null ? paths.Name(item.Path!)
        : item.Path is { } id ? string.Create(CultureInfo.InvariantCulture, $"{item.Row} {id}")
        : item.Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes "path", or "row" in its place.</summary>
    public static void Write(Utf8JsonWriter json, AnalyzedItem item, GivenPaths? paths = null)
    {
        if (item.Kind is not null)
        {
            json.WriteString("path", paths?.Name(item.Path!) ?? item.Path);
        }
        else
        {
            json.WriteNumber("row", item.Row);
        }
    }

    /// <summary>Writes the path, or the row, as a value.</summary>
    public static void WriteValue(Utf8JsonWriter json, AnalyzedItem item, GivenPaths paths)
    {
        if (item.Kind is not null)
        {
            json.WriteStringValue(paths.Name(item.Path!));
        }
        else
        {
            json.WriteNumberValue(item.Row);
        }
    }
}
