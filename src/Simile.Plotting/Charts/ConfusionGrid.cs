using System.Globalization;
using Simile.Plotting.Drawing;

namespace Simile.Plotting.Charts;

/// <summary>
/// A confusion matrix: true classes as rows, predicted classes as columns. A cell is darker if it holds a larger fraction of its row.
/// </summary>
internal sealed class ConfusionGrid(int[,] counts, IReadOnlyList<string> names) : IPainter
{
    private const float WidestName = .25f;
    private const int MostNumbers = 30;
    private static readonly Color Dark = Color.FromHex(0x0B4F82);

    public void Paint(Surface surface, Box box, Theme theme, float size)
    {
        var n = names.Count;
        var title = size * 2;
        var small = Math.Min(size, Math.Min(box.Width, box.Height) * .75f / n * .8f);
        var texts = names.Select(name => surface.Shaper.ShapeToFit(name, small, box.Width * WidestName)).ToList();
        var widest = texts.Max(text => text.Width);
        var upright = widest > (box.Height - title - small) / n * .95f;
        var below = upright ? widest : small * 1.3f;
        var side = Math.Max(1, Math.Min(box.Width - widest - (title * 1.5f), box.Height - below - (title * 1.4f)));
        var grid = new Box(
            box.Left + widest + (title * 1.2f) + Math.Max(0, (box.Width - widest - (title * 1.5f) - side) / 2), box.Top, side, side);
        var cell = side / n;
        for (var row = 0; row < n; row++)
        {
            Row(surface, theme, grid, cell, row, small);
            surface.Text(texts[row], grid.Left - (small * .5f), grid.Top + ((row + .5f) * cell), Anchor.Right, theme.Ink);
            var middle = grid.Left + ((row + .5f) * cell);
            if (upright)
            {
                surface.TextUpward(texts[row], middle, grid.Bottom + (small * .5f) + (texts[row].Width / 2), theme.Ink);
            }
            else
            {
                surface.Text(texts[row], middle, grid.Bottom + (small * .8f), Anchor.Middle, theme.Ink);
            }
        }

        surface.Frame(grid, theme.Faint, 1);
        surface.Text(surface.Shaper.Shape("predicted", size), grid.MiddleX, grid.Bottom + below + size, Anchor.Middle, theme.Faint);
        surface.TextUpward(surface.Shaper.Shape("true", size), grid.Left - widest - (size * 1.2f), grid.MiddleY, theme.Faint);
    }

    private void Row(Surface surface, Theme theme, Box grid, float cell, int row, float size)
    {
        var sum = Enumerable.Range(0, names.Count).Sum(column => (long)counts[row, column]);
        for (var column = 0; column < names.Count; column++)
        {
            var count = counts[row, column];
            var share = sum > 0 ? (float)count / sum : 0;
            var box = new Box(grid.Left + (column * cell), grid.Top + (row * cell), cell, cell);
            var fill = theme.Paper.Toward(theme.Paper.R > 128 ? Dark : Palette.Of(5), count == 0 ? 0 : .08f + (.92f * MathF.Sqrt(share)));
            surface.Rectangle(box, fill);
            if (names.Count <= MostNumbers && count > 0)
            {
                var text = surface.Shaper.ShapeToFit(count.ToString(CultureInfo.InvariantCulture), Math.Min(size, cell * .42f), cell);
                surface.Text(
                    text, box.MiddleX, box.MiddleY, Anchor.Middle, Lab.Of(fill).L > 55 ? Color.FromHex(0x1B1E23) : Color.FromHex(0xFFFFFF));
            }
        }
    }
}
