using SkiaSharp;

namespace Simile.Plotting.Text;

/// <summary>A line of text as glyphs, with positions relative to the left end of the baseline.</summary>
/// <param name="Text">The line as it was given.</param>
/// <param name="Size">Pixels of an em.</param>
/// <param name="IsBold">Whether the text is bold.</param>
/// <param name="Width">Pixels from its left end to its right end.</param>
/// <param name="Runs">From left to right.</param>
internal sealed record ShapedText(string Text, float Size, bool IsBold, float Width, IReadOnlyList<GlyphRun> Runs)
{
    /// <summary>Ascent of most scripts above the baseline, in em.</summary>
    public const float Ascent = .88f;

    /// <summary>Line height in em.</summary>
    public const float LineHeight = 1.22f;

    public float Height => Size * LineHeight;

    public bool IsRightToLeft => Bidi.IsRightToLeft(Text);
}

/// <summary>Glyphs of one font.</summary>
/// <param name="Face">Null for characters that no font has.</param>
/// <param name="Glyphs">Indices in the font; empty for characters that no font has.</param>
/// <param name="Places">The position of each glyph, or of each missing character.</param>
/// <param name="Missing">Characters that are drawn as boxes with their code points.</param>
internal sealed record GlyphRun(FontFace? Face, ushort[] Glyphs, SKPoint[] Places, int[] Missing);
