using Simile.Numerics;
using Simile.Plotting.Drawing;
using SkiaSharp;

namespace Simile.Plotting.Maps;

/// <summary>Maps the coordinates of points to pixels of a box: centered, one scale for both axes, y flipped to point up.</summary>
internal sealed class MapView
{
    private readonly float _scale;
    private readonly float _midX;
    private readonly float _midY;
    private readonly Box _box;

    public MapView(VectorMatrix positions, Box box)
    {
        var (minX, maxX, minY, maxY) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
        for (var i = 0; i < positions.Count; i++)
        {
            var at = positions[i];
            (minX, maxX) = (Math.Min(minX, at[0]), Math.Max(maxX, at[0]));
            (minY, maxY) = (Math.Min(minY, at[1]), Math.Max(maxY, at[1]));
        }

        // Halve before subtracting: the difference of the largest floats overflows.
        var (spanX, spanY) = ((maxX / 2) - (minX / 2), (maxY / 2) - (minY / 2));
        var scale = Math.Min(spanX > 0 ? box.Width / 2 / spanX : float.MaxValue, spanY > 0 ? box.Height / 2 / spanY : float.MaxValue);
        _scale = spanX > 0 || spanY > 0 ? scale : 0;
        (_midX, _midY, _box) = ((minX / 2) + (maxX / 2), (minY / 2) + (maxY / 2), box);
    }

    public SKPoint[] Places(VectorMatrix positions)
    {
        var places = new SKPoint[positions.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new SKPoint(
                _box.MiddleX + ((positions[i][0] - _midX) * _scale), _box.MiddleY - ((positions[i][1] - _midY) * _scale));
        }

        return places;
    }
}
