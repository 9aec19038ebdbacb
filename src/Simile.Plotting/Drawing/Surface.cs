using Simile.Plotting.Text;
using SkiaSharp;

namespace Simile.Plotting.Drawing;

/// <summary>
/// The drawing surface of maps and charts: pixels or SVG. Lengths are in pixels, y points down, and later shapes cover earlier ones.
/// </summary>
internal abstract class Surface(TextShaper shaper)
{
    public TextShaper Shaper => shaper;

    public abstract void Rectangle(Box box, Color fill, float alpha = 1);

    public abstract void Frame(Box box, Color stroke, float width);

    public abstract void Line(float x1, float y1, float x2, float y2, Color stroke, float width, bool dashed = false);

    public abstract void Polyline(IReadOnlyList<SKPoint> points, Color stroke, float width);

    /// <summary>
    /// Discs of one size and color, each with a ring of another color around it unless <paramref name="ringWidth"/> is 0.
    /// </summary>
    public abstract void Discs(IReadOnlyList<SKPoint> centers, float radius, Color fill, float alpha, Color ring, float ringWidth);

    /// <summary>A bitmap, drawn without scaling.</summary>
    public abstract void Pixels(SKBitmap pixels, float left, float top);

    /// <summary>A PNG, JPEG or WebP file scaled to a box. Nothing is drawn if the file cannot be decoded.</summary>
    public abstract void Encoded(byte[] file, Box box);

    /// <summary>A line of text. An optional halo keeps it readable on top of points.</summary>
    /// <param name="text">From <see cref="Shaper"/>.</param>
    /// <param name="x">The x coordinate of the anchor.</param>
    /// <param name="middle">The y coordinate of the middle of the line.</param>
    /// <param name="anchor">Which end of the text is at <paramref name="x"/>.</param>
    /// <param name="ink">The color of the text.</param>
    /// <param name="halo">The color of the halo; null for none.</param>
    public abstract void Text(ShapedText text, float x, float middle, Anchor anchor, Color ink, Color? halo = null);

    /// <summary>A line of text that runs upward.</summary>
    public abstract void TextUpward(ShapedText text, float middle, float y, Color ink);

    /// <summary>The y coordinate of the baseline of a line with the given middle.</summary>
    protected static float Baseline(ShapedText text, float middle) => middle + (text.Size * .36f);

    protected static float LeftOf(ShapedText text, float x, Anchor anchor) => anchor switch
    {
        Anchor.Middle => x - (text.Width / 2),
        Anchor.Right => x - text.Width,
        _ => x,
    };
}
