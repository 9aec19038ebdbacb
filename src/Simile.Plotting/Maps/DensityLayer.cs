using Simile.Plotting.Drawing;
using SkiaSharp;

namespace Simile.Plotting.Maps;

/// <summary>A density map: the color of a pixel is the mean of the points that touch it, and its alpha grows with their number.</summary>
/// <remarks>
/// Sums do not depend on the drawing order, so no group hides another. One thread sums each band of rows in the order of the points, so the
/// result has the same bytes for any number of threads.
/// </remarks>
internal sealed class DensityLayer(ScatterMap map, SKPoint[] places, float radius, Theme theme)
{
    private const int Sums = 4; // red, green, blue, weight
    private readonly int _width = map.Options.Width;
    private readonly int _height = map.Options.Height;

    public SKBitmap Draw(CancellationToken stop)
    {
        var color = PointColors.Of(map);
        var colors = new Color[places.Length];
        for (var i = 0; i < colors.Length; i++)
        {
            colors[i] = color(i);
        }

        var sums = new float[_width * _height * Sums];
        var bands = Math.Min(Environment.ProcessorCount, _height);
        Parallel.For(0, bands, new ParallelOptions { CancellationToken = stop }, band =>
            Splat(colors, sums, _height * band / bands, _height * (band + 1) / bands));
        return Tone(sums);
    }

    private void Splat(Color[] colors, float[] sums, int top, int bottom)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].Y + radius + 1 >= top && places[i].Y - radius - 1 < bottom)
            {
                Splat(places[i], colors[i], sums, top, bottom);
            }
        }
    }

    // The fraction of a pixel that a disc covers, by the distance of the pixel's center from the rim.
    private void Splat(SKPoint place, Color color, float[] sums, int top, int bottom)
    {
        var (firstY, lastY) = (Math.Max(top, (int)(place.Y - radius - .5f)), Math.Min(bottom - 1, (int)(place.Y + radius + .5f)));
        var (firstX, lastX) = (Math.Max(0, (int)(place.X - radius - .5f)), Math.Min(_width - 1, (int)(place.X + radius + .5f)));
        for (var y = firstY; y <= lastY; y++)
        {
            for (var x = firstX; x <= lastX; x++)
            {
                var (dx, dy) = (x + .5f - place.X, y + .5f - place.Y);
                var weight = Math.Clamp(radius + .5f - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                var sum = sums.AsSpan(((y * _width) + x) * Sums, Sums);
                sum[0] += weight * color.R;
                sum[1] += weight * color.G;
                sum[2] += weight * color.B;
                sum[3] += weight;
            }
        }
    }

    // A single point is always visible; the densest 1% of the pixels is nearly opaque.
    private SKBitmap Tone(float[] sums)
    {
        var per = Dense(sums);
        var bitmap = new SKBitmap(new SKImageInfo(_width, _height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < _width * _height; i++)
        {
            var weight = sums[(i * Sums) + 3];
            if (weight > 0)
            {
                var alpha = Math.Min(1, weight) * Math.Max(.3f, 1 - MathF.Exp(-3 * MathF.Sqrt(weight / per)));
                pixels[i * 4] = Byte(sums[i * Sums] / weight);
                pixels[(i * 4) + 1] = Byte(sums[(i * Sums) + 1] / weight);
                pixels[(i * 4) + 2] = Byte(sums[(i * Sums) + 2] / weight);
                pixels[(i * 4) + 3] = Byte(alpha * (theme.Paper.R > 128 ? 245 : 255));
            }
        }

        return bitmap;
    }

    private static float Dense(float[] sums)
    {
        var weights = new List<float>();
        for (var i = 3; i < sums.Length; i += Sums)
        {
            if (sums[i] > 0)
            {
                weights.Add(sums[i]);
            }
        }

        weights.Sort();
        return weights.Count == 0 ? 1 : Math.Max(1, weights[(int)(weights.Count * .99)]);
    }

    private static byte Byte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
