using System.Globalization;
using SkiaSharp;

namespace Simile.Plotting.Text;

/// <summary>Draws a box with the hexadecimal code point of a character that no font has. The digits need no font.</summary>
internal static class CodePointBox
{
    // 3 × 5 cells per digit, three bits per row, top row first.
    private static readonly ushort[] Digits =
    [
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
        0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_001_001,
        0b111_101_111_101_111, 0b111_101_111_001_111, 0b111_101_111_101_101, 0b110_101_110_101_110,
        0b111_100_100_100_111, 0b110_101_101_101_110, 0b111_100_111_100_111, 0b111_100_111_100_100,
    ];

    private const int CellsHigh = 15; // a frame, two rows of digits, and cells between
    private const float HeightInEm = .9f;

    /// <summary>The advance width of the box.</summary>
    public static float Width(int codePoint, float size) => (CellsWide(codePoint) + 2) * Cell(size);

    /// <summary>
    /// The black pixels of the box that is drawn in place of a character without a glyph. Coordinates start at the left end of the
    /// baseline.
    /// </summary>
    public static IEnumerable<SKRect> Cells(int codePoint, SKPoint place, float size)
    {
        var cell = Cell(size);
        var (left, top, wide) = (place.X + cell, place.Y - (ShapedText.Ascent * size * .95f), CellsWide(codePoint));
        yield return At(0, 0, wide, 1);
        yield return At(0, CellsHigh - 1, wide, 1);
        yield return At(0, 1, 1, CellsHigh - 2);
        yield return At(wide - 1, 1, 1, CellsHigh - 2);
        var digits = Hex(codePoint);
        for (var i = 0; i < digits.Length; i++)
        {
            var bits = Digits[Convert.ToInt32(digits[i].ToString(), 16)];
            var (x, y) = (2 + (i % (digits.Length / 2) * 4), 2 + (i / (digits.Length / 2) * 6));
            for (var bit = 0; bit < 15; bit++)
            {
                if ((bits >> (14 - bit) & 1) == 1)
                {
                    yield return At(x + (bit % 3), y + (bit / 3), 1, 1);
                }
            }
        }

        SKRect At(int x, int y, int w, int h) => SKRect.Create(left + (x * cell), top + (y * cell), w * cell, h * cell);
    }

    private static string Hex(int codePoint) => codePoint.ToString(codePoint > 0xFFFF ? "X6" : "X4", CultureInfo.InvariantCulture);

    private static int CellsWide(int codePoint) => 3 + (Hex(codePoint).Length / 2 * 4);

    private static float Cell(float size) => size * HeightInEm / CellsHigh;
}
