using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Simile.Plotting.Text;
using SkiaSharp;

namespace Simile.Plotting.Drawing;

/// <summary>
/// Writes SVG. Text is written as text elements with a list of font families, so it can be searched and uses the viewer's fonts.
/// </summary>
internal sealed class SvgSurface : Surface
{
    /// <summary>Families of wide coverage first, then those of single scripts. Viewers fall back to their other fonts.</summary>
    public const string Families =
        "'Noto Sans', 'DejaVu Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
        + "'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', 'Noto Sans CJK KR', 'Malgun Gothic', 'Noto Sans Arabic', 'Noto Sans Thai', "
        + "sans-serif";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private readonly StringBuilder _svg = new();

    public SvgSurface(int width, int height, Color paper, string title, TextShaper shaper)
        : base(shaper)
    {
        Add(
            Invariant,
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" """
            + $"""font-family="{Families}" role="img">""");
        Add(Invariant, $"<title>{Escape(title)}</title>");
        Rectangle(new Box(0, 0, width, height), paper);
    }

    public void Save(Stream stream) => stream.Write(Encoding.UTF8.GetBytes(_svg + "</svg>\n"));

    public override void Rectangle(Box box, Color fill, float alpha = 1) =>
        Add(
            Invariant,
            $"""<rect x="{box.Left:0.##}" y="{box.Top:0.##}" width="{box.Width:0.##}" height="{box.Height:0.##}" """
            + $"""fill="{fill}"{Opacity(alpha)}/>""");

    public override void Frame(Box box, Color stroke, float width) =>
        Add(
            Invariant,
            $"""<rect x="{box.Left:0.##}" y="{box.Top:0.##}" width="{box.Width:0.##}" height="{box.Height:0.##}" fill="none" """
            + $"""stroke="{stroke}" stroke-width="{width:0.##}"/>""");

    public override void Line(float x1, float y1, float x2, float y2, Color stroke, float width, bool dashed = false)
    {
        var dashes = dashed
            ? string.Create(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{4 * width:0.##} {3 * width:0.##}\"")
            : string.Empty;
        Add(
            Invariant,
            $"""<line x1="{x1:0.##}" y1="{y1:0.##}" x2="{x2:0.##}" y2="{y2:0.##}" stroke="{stroke}" """
            + $"""stroke-width="{width:0.##}"{dashes}/>""");
    }

    public override void Polyline(IReadOnlyList<SKPoint> points, Color stroke, float width)
    {
        var places = string.Join(
            ' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));
        Add(
            Invariant,
            $"""<polyline points="{places}" fill="none" stroke="{stroke}" stroke-width="{width:0.##}" stroke-linejoin="round" """
            + $"""stroke-linecap="round"/>""");
    }

    // A stroke of length 0 with round caps is a disc: 12 bytes per point instead of 40 for an element.
    public override void Discs(IReadOnlyList<SKPoint> centers, float radius, Color fill, float alpha, Color ring, float ringWidth)
    {
        if (centers.Count == 0)
        {
            return;
        }

        var path = new StringBuilder();
        foreach (var center in centers)
        {
            path.Append(CultureInfo.InvariantCulture, $"M{center.X:0.#} {center.Y:0.#}h0");
        }

        if (ringWidth > 0)
        {
            Add(Invariant, $"""<path d="{path}" stroke="{ring}" stroke-width="{2 * (radius + ringWidth):0.##}" stroke-linecap="round"/>""");
        }

        Add(
            Invariant,
            $"""<path d="{path}" stroke="{fill}" stroke-width="{2 * radius:0.##}" """
            + $"""stroke-linecap="round"{Opacity(alpha).Replace("fill", "stroke", StringComparison.Ordinal)}/>""");
    }

    public override void Pixels(SKBitmap pixels, float left, float top)
    {
        using var data = pixels.Encode(SKEncodedImageFormat.Png, 100);
        Add(
            Invariant,
            $"""<image x="{left:0.##}" y="{top:0.##}" width="{pixels.Width}" height="{pixels.Height}" """
            + $"""href="data:image/png;base64,{Convert.ToBase64String(data.AsSpan())}"/>""");
    }

    public override void Encoded(byte[] file, Box box)
    {
        if (EncodedPicture.MediaType(file) is { } type)
        {
            Add(
                Invariant,
                $"""<image x="{box.Left:0.##}" y="{box.Top:0.##}" width="{box.Width:0.##}" height="{box.Height:0.##}" """
                + $"""href="data:{type};base64,{Convert.ToBase64String(file)}"/>""");
        }
    }

    public override void Text(ShapedText text, float x, float middle, Anchor anchor, Color ink, Color? halo = null)
    {
        var around = halo is { } color
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" stroke=\"{color}\" stroke-width=\"{text.Size * .28f:0.##}\" stroke-linejoin=\"round\" paint-order=\"stroke\"")
            : string.Empty;
        Write(text, $"x=\"{Of(x)}\" y=\"{Of(Baseline(text, middle))}\"", anchor, ink, around);
    }

    public override void TextUpward(ShapedText text, float middle, float y, Color ink) =>
        Write(text, $"transform=\"translate({Of(Baseline(text, middle))} {Of(y)}) rotate(-90)\"", Anchor.Middle, ink, string.Empty);

    private void Write(ShapedText text, string place, Anchor anchor, Color ink, string further)
    {
        var weight = text.IsBold ? " font-weight=\"bold\"" : string.Empty;
        Add(
            Invariant,
            $"""<text {place} font-size="{text.Size:0.##}"{weight}{Aligned(text, anchor)} """
            + $"""fill="{ink}"{further}>{Escape(text.Text)}</text>""");
    }

    // In a right-to-left line the end is on the left.
    private static string Aligned(ShapedText text, Anchor anchor)
    {
        var right = text.IsRightToLeft;
        var word = anchor == Anchor.Middle ? "middle" : anchor == Anchor.Left == right ? "end" : "start";
        return (right ? " direction=\"rtl\"" : string.Empty) + (word == "start" ? string.Empty : $" text-anchor=\"{word}\"");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(Printable.Of(text));

    private static string Of(float number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Opacity(float alpha) =>
        alpha >= 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{alpha:0.##}\"");

    private void Add(
        IFormatProvider provider, [InterpolatedStringHandlerArgument(nameof(provider))] ref DefaultInterpolatedStringHandler line) =>
        _svg.Append(line.ToStringAndClear()).Append('\n');
}
