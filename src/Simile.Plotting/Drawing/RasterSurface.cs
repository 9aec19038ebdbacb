using Simile.Plotting.Text;
using SkiaSharp;

namespace Simile.Plotting.Drawing;

/// <summary>Draws pixels with Skia, and writes them as PNG.</summary>
internal sealed class RasterSurface : Surface, IDisposable
{
    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;

    public RasterSurface(int width, int height, Color paper, TextShaper shaper)
        : base(shaper)
    {
        _bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_bitmap);
        _canvas.Clear(paper.WithAlpha(1));
    }

    public void Save(Stream stream)
    {
        _canvas.Flush();
        using var data = _bitmap.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    public override void Rectangle(Box box, Color fill, float alpha = 1)
    {
        using var paint = Fill(fill, alpha);
        _canvas.DrawRect(box.ToRect(), paint);
    }

    public override void Frame(Box box, Color stroke, float width)
    {
        using var paint = Stroke(stroke, width);
        _canvas.DrawRect(box.ToRect(), paint);
    }

    public override void Line(float x1, float y1, float x2, float y2, Color stroke, float width, bool dashed = false)
    {
        using var paint = Stroke(stroke, width);
        using var dashes = dashed ? SKPathEffect.CreateDash([4 * width, 3 * width], 0) : null;
        paint.PathEffect = dashes;
        _canvas.DrawLine(x1, y1, x2, y2, paint);
    }

    public override void Polyline(IReadOnlyList<SKPoint> points, Color stroke, float width)
    {
        using var paint = Stroke(stroke, width);
        for (var i = 1; i < points.Count; i++)
        {
            _canvas.DrawLine(points[i - 1], points[i], paint);
        }
    }

    public override void Discs(IReadOnlyList<SKPoint> centers, float radius, Color fill, float alpha, Color ring, float ringWidth)
    {
        using var inside = Fill(fill, alpha);
        using var outside = Fill(ring, 1);
        foreach (var center in centers)
        {
            if (ringWidth > 0)
            {
                _canvas.DrawCircle(center, radius + ringWidth, outside);
            }

            _canvas.DrawCircle(center, radius, inside);
        }
    }

    public override void Pixels(SKBitmap pixels, float left, float top) => _canvas.DrawBitmap(pixels, left, top, SKSamplingOptions.Default);

    public override void Encoded(byte[] file, Box box)
    {
        using var image = SKImage.FromEncodedData(file);
        if (image is not null)
        {
            _canvas.DrawImage(image, box.ToRect(), Smooth);
        }
    }

    public override void Text(ShapedText text, float x, float middle, Anchor anchor, Color ink, Color? halo = null)
    {
        var (left, baseline) = (LeftOf(text, x, anchor), Baseline(text, middle));
        if (halo is { } around)
        {
            using var wide = Stroke(around, text.Size * .28f);
            Draw(text, left, baseline, wide);
        }

        using var paint = Fill(ink, 1);
        Draw(text, left, baseline, paint);
    }

    public override void TextUpward(ShapedText text, float middle, float y, Color ink)
    {
        _canvas.Save();
        _canvas.RotateDegrees(-90, middle, y);
        Text(text, middle, y, Anchor.Middle, ink);
        _canvas.Restore();
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private void Draw(ShapedText text, float left, float baseline, SKPaint paint)
    {
        foreach (var run in text.Runs)
        {
            if (run.Face is null)
            {
                DrawBoxes(run, text.Size, left, baseline, paint);
            }
            else if (run.Glyphs.Length > 0)
            {
                DrawGlyphs(run, text, left, baseline, paint);
            }
        }
    }

    private void DrawGlyphs(GlyphRun run, ShapedText text, float left, float baseline, SKPaint paint)
    {
        using var font = new SKFont(run.Face!.Typeface, text.Size)
        {
            Edging = SKFontEdging.Antialias,
            Hinting = SKFontHinting.None,
            Subpixel = true,
            Embolden = text.IsBold,
        };
        using var builder = new SKTextBlobBuilder();
        var glyphs = builder.AllocatePositionedRun(font, run.Glyphs.Length);
        run.Glyphs.CopyTo(glyphs.Glyphs);
        run.Places.CopyTo(glyphs.Positions);
        using var blob = builder.Build();
        _canvas.DrawText(blob, left, baseline, paint);
    }

    private void DrawBoxes(GlyphRun run, float size, float left, float baseline, SKPaint paint)
    {
        for (var i = 0; i < run.Missing.Length; i++)
        {
            if (!char.IsWhiteSpace((char)Math.Min(run.Missing[i], char.MaxValue)))
            {
                foreach (var cell in CodePointBox.Cells(run.Missing[i], new SKPoint(left + run.Places[i].X, baseline), size))
                {
                    _canvas.DrawRect(cell, paint);
                }
            }
        }
    }

    private static SKPaint Fill(Color color, float alpha) => new() { Color = color.WithAlpha(alpha), IsAntialias = true };

    private static SKPaint Stroke(Color color, float width) => new()
    {
        Color = color.WithAlpha(1),
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = width,
        StrokeJoin = SKStrokeJoin.Round,
        StrokeCap = SKStrokeCap.Round,
    };
}
