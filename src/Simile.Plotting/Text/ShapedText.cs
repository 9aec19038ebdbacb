using SkiaSharp;

namespace Simile.Plotting.Text;

/// <summary>A line of text as glyphs, whose places are counted from the left end of its baseline.</summary>
/// <param name="Text">The line as it was given.</param>
/// <param name="Size">Pixels of an em.</param>
/// <param name="IsBold">Whether its strokes are fat.</param>
/// <param name="Width">Pixels from its left end to its right end.</param>
/// <param name="Runs">From left to right.</param>
internal sealed record ShapedText(string Text, float Size, bool IsBold, float Width, IReadOnlyList<GlyphRun> Runs)
{
    /// <summary>Share of an em above the baseline that the letters of most scripts keep within.</summary>
    public const float Ascent = .88f;

    /// <summary>Share of an em from one line to the next.</summary>
    public const float LineHeight = 1.22f;

    public float Height => Size * LineHeight;

    public bool IsRightToLeft => Bidi.IsRightToLeft(Text);
}

/// <summary>Glyphs of one font.</summary>
/// <param name="Face">Null for characters that no font has.</param>
/// <param name="Glyphs">Indices in the font; empty where there is none.</param>
/// <param name="Places">Of each glyph, or of each missing character.</param>
/// <param name="Missing">Characters that are drawn as boxes with their code points.</param>
internal sealed record GlyphRun(FontFace? Face, ushort[] Glyphs, SKPoint[] Places, int[] Missing);
