using Simile.Plotting.Drawing;

namespace Simile.Plotting.Maps;

/// <summary>The color of each point: of its group, of its value, or one for all.</summary>
internal static class PointColors
{
    // More shades than the eye can distinguish, but few enough to draw the points of each color in one batch.
    private const int Shades = 256;

    public static Func<int, Color> Of(ScatterMap map)
    {
        if (map.Groups is { } groups)
        {
            return i => Palette.Of(groups[i]);
        }

        if (map.Values is not { } values)
        {
            return _ => Palette.Of(0);
        }

        var (least, most) = Range(values);
        var width = most > least ? most - least : 1;
        return i => float.IsFinite(values[i])
            ? Palette.OfValue(MathF.Round((values[i] - least) / width * (Shades - 1)) / (Shades - 1))
            : Palette.NoGroup;
    }

    /// <summary>The least and the greatest finite value; 0 and 0 if there is none.</summary>
    public static (float Least, float Most) Range(IReadOnlyList<float> values)
    {
        var finite = values.Where(float.IsFinite).DefaultIfEmpty(0).ToList();
        return (finite.Min(), finite.Max());
    }
}
