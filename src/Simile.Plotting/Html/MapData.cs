using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Simile.Plotting.Drawing;
using Simile.Plotting.Maps;
using SkiaSharp;

namespace Simile.Plotting.Html;

/// <summary>The data of a page as JSON that is safe in a script element.</summary>
/// <remarks>
/// The encoder writes &lt;, &gt; and &amp; as \u003C and so on: text of a user cannot end the element. Letters of every script are written
/// unescaped.
/// </remarks>
internal static class MapData
{
    private const int Shades = 64;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(ScatterMap map, Stream stream, CancellationToken stop)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteNumber("count", map.Count);
        json.WriteBase64String("positions", MemoryMarshal.AsBytes<float>(Unit(map)));
        Strings(json, "titles", map.Titles);
        Groups(json, map);
        Values(json, map);
        Thumbnails(json, map, stop);
        json.WriteEndObject();
    }

    // Scaled to −1 … 1, y points up, one scale for both axes.
    private static float[] Unit(ScatterMap map)
    {
        var places = new MapView(map.Positions, new Box(-1, -1, 2, 2)).Places(map.Positions);
        var unit = new float[places.Length * 2];
        for (var i = 0; i < places.Length; i++)
        {
            (unit[2 * i], unit[(2 * i) + 1]) = (places[i].X, -places[i].Y);
        }

        return unit;
    }

    private static void Groups(Utf8JsonWriter json, ScatterMap map)
    {
        if (map.Groups is not { } groups)
        {
            return;
        }

        var count = map.GroupCount;
        var colors = Enumerable.Range(0, count).Select(Palette.Of).Append(Palette.NoGroup).Select(color => color.ToString()).ToList();
        Numbers(json, "groups", groups);
        Strings(json, "groupNames", [.. Enumerable.Range(0, count).Select(map.NameOf)]);
        Strings(json, "groupColors", colors);
        Strings(json, "shades", colors);
        Numbers(json, "shade", groups.Select(group => group < 0 ? count : group));
    }

    private static void Values(Utf8JsonWriter json, ScatterMap map)
    {
        if (map.Values is { } values)
        {
            json.WriteStartArray("values");
            foreach (var value in values)
            {
                Number(json, value);
            }

            json.WriteEndArray();
            json.WriteString("valueName", map.ValueName);
        }

        if (map.Groups is null)
        {
            ValueColors(json, map);
        }
    }

    private static void ValueColors(Utf8JsonWriter json, ScatterMap map)
    {
        if (map.Values is not { } values)
        {
            Strings(json, "shades", [Palette.Of(0).ToString()]);
            return;
        }

        var (least, most) = PointColors.Range(values);
        json.WriteStartArray("valueRange");
        json.WriteNumberValue(least);
        json.WriteNumberValue(most);
        json.WriteEndArray();
        var width = most > least ? most - least : 1;
        Strings(
            json,
            "shades",
            [.. Enumerable.Range(0, Shades).Select(i => Palette.OfValue(i / (Shades - 1f)).ToString()), Palette.NoGroup.ToString()]);
        Numbers(json, "shade", values.Select(value => float.IsFinite(value) ? (int)((value - least) / width * (Shades - 1)) : Shades));
    }

    private static void Thumbnails(Utf8JsonWriter json, ScatterMap map, CancellationToken stop)
    {
        if (map.Thumbnail is not { } thumbnail)
        {
            return;
        }

        json.WriteStartArray("thumbnails");
        for (var i = 0; i < Math.Min(map.Count, map.Options.HtmlThumbnails); i++)
        {
            stop.ThrowIfCancellationRequested();
            var file = thumbnail(i);
            json.WriteStringValue(file is not null && EncodedPicture.MediaType(file) is { } type
                ? $"data:{type};base64,{Convert.ToBase64String(file)}"
                : null);
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is not null)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
