using Simile.Plotting.Text;
using SkiaSharp;

namespace Simile.Plotting.Drawing;

/// <summary>What maps and charts are drawn on: pixels or SVG. Lengths are pixels, y goes down, what is drawn later lies above.</summary>
internal abstract class Surface(TextShaper shaper)
{
    public TextShaper Shaper => shaper;

    public abstract void Rectangle(Box box, Color fill, float alpha = 1);

    public abstract void Frame(Box box, Color stroke, float width);

    public abstract void Line(float x1, float y1, float x2, float y2, Color stroke, float width, bool dashed = false);

    public abstract void Polyline(IReadOnlyList<SKPoint> points, Color stroke, float width);

    /// <summary>Discs of one size and color, each with a ring of another color around it unless <paramref name="ringWidth"/> is 0.</summary>
    public abstract void Discs(IReadOnlyList<SKPoint> centers, float radius, Color fill, float alpha, Color ring, float ringWidth);

    /// <summary>A picture of pixels, already of its size.</summary>
    public abstract void Pixels(SKBitmap pixels, float left, float top);

    /// <summary>A PNG, JPEG or WebP file scaled to a box. Nothing is drawn where it cannot be decoded.</summary>
    public abstract void Encoded(byte[] file, Box box);

    /// <summary>A line of text. Around a halo's color is drawn, so that it can be read above points.</summary>
    /// <param name="text">From <see cref="Shaper"/>.</param>
    /// <param name="x">Where its anchor stands.</param>
    /// <param name="middle">Where the middle of its line is.</param>
    /// <param name="anchor">What stands at <paramref name="x"/>.</param>
    /// <param name="ink">Its color.</param>
    /// <param name="halo">Null for none.</param>
    public abstract void Text(ShapedText text, float x, float middle, Anchor anchor, Color ink, Color? halo = null);

    /// <summary>A line of text that is read from below.</summary>
    public abstract void TextUpward(ShapedText text, float middle, float y, Color ink);

    /// <summary>The baseline of a line whose middle is given.</summary>
    protected static float Baseline(ShapedText text, float middle) => middle + (text.Size * .36f);

    protected static float LeftOf(ShapedText text, float x, Anchor anchor) => anchor switch
    {
        Anchor.Middle => x - (text.Width / 2),
        Anchor.Right => x - text.Width,
        _ => x,
    };
}
