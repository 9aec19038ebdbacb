using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Simile.Plotting.Text;

/// <summary>Shapes a line of text in any scripts into glyphs: bidi runs, fonts, then HarfBuzz.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TextShaper(FontLibrary fonts)
{
    private readonly ConcurrentDictionary<int, string> _missing = new();

    /// <summary>A warning about the characters that no font has; empty if all were found.</summary>
    public IReadOnlyList<string> Warnings => _missing.IsEmpty ? [] : [MissingFonts.Sentence(_missing.Keys.Order())];

    public ShapedText Shape(string text, float size, bool bold = false)
    {
        text = Printable.Of(text);
        var runs = new List<GlyphRun>();
        var x = 0f;
        var japanese = text.Any(c => c is >= '\u3040' and <= '\u30FF');
        foreach (var part in Bidi.Visual(text))
        {
            var pieces = Split(text, part, japanese);
            if (part.IsRightToLeft)
            {
                pieces.Reverse();
            }

            foreach (var (start, length, face) in pieces)
            {
                runs.Add(face is null
                    ? Boxes(text.AsSpan(start, length), size, ref x)
                    : Glyphs(text, start, length, face, part.IsRightToLeft, size, ref x));
            }
        }

        return new ShapedText(text, size, bold, x, runs);
    }

    /// <summary>The text, truncated with an ellipsis if it does not fit in a width.</summary>
    public ShapedText ShapeToFit(string text, float size, float width, bool bold = false)
    {
        var whole = Shape(text, size, bold);
        if (whole.Width <= width)
        {
            return whole;
        }

        var elements = StringInfo.ParseCombiningCharacters(whole.Text);
        var (fits, tooMany) = (0, elements.Length);
        while (fits + 1 < tooMany)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = Beginning(middle).Width <= width ? (middle, tooMany) : (fits, middle);
        }

        return Beginning(fits);

        ShapedText Beginning(int count) => Shape(whole.Text[..elements[count]].TrimEnd() + "…", size, bold);
    }

    // Marks and joiners take the font of the letter before them. A change of script starts a new run, because shaping rules differ by
    // script.
    private List<(int Start, int Length, FontFace? Face)> Split(string text, BidiRun run, bool japanese)
    {
        var pieces = new List<(int Start, int Length, FontFace? Face)>();
        var script = Script.Common;
        for (int at = run.Start, length; at < run.Start + run.Length; at += length)
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
            var own = UnicodeFunctions.Default.GetScript((uint)rune.Value);
            var attached = pieces.Count > 0 && IsAttached(rune);
            var face = attached ? pieces[^1].Face : fonts.Find(rune.Value, japanese) ?? Miss(rune);
            var sameScript = own == script || own == Script.Common || own == Script.Inherited || script == Script.Common;
            if (pieces.Count > 0 && (attached || (pieces[^1].Face == face && sameScript)))
            {
                pieces[^1] = (pieces[^1].Start, pieces[^1].Length + length, face);
            }
            else
            {
                pieces.Add((at, length, face));
                script = Script.Common;
            }

            script = own == Script.Common || own == Script.Inherited ? script : own;
        }

        return pieces;
    }

    private FontFace? Miss(Rune rune)
    {
        _missing[rune.Value] = rune.ToString();
        return null;
    }

    private static bool IsAttached(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static GlyphRun Glyphs(string text, int start, int length, FontFace face, bool rightToLeft, float size, ref float x)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text, start, length);
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        using var font = face.Shaper(size);
        font.Shape(buffer);
        var (infos, positions) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var places = new SKPoint[infos.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new SKPoint(x + ((float)positions[i].XOffset / FontFace.Unit), -(float)positions[i].YOffset / FontFace.Unit);
            x += (float)positions[i].XAdvance / FontFace.Unit;
        }

        return new GlyphRun(face, Array.ConvertAll(infos, info => (ushort)info.Codepoint), places, []);
    }

    private static GlyphRun Boxes(ReadOnlySpan<char> text, float size, ref float x)
    {
        var (points, places) = (new List<int>(), new List<SKPoint>());
        foreach (var rune in text.EnumerateRunes())
        {
            points.Add(rune.Value);
            places.Add(new SKPoint(x, 0));
            x += Rune.IsWhiteSpace(rune) ? size / 3 : CodePointBox.Width(rune.Value, size);
        }

        return new GlyphRun(null, [], [.. places], [.. points]);
    }
}
