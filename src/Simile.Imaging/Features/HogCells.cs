namespace Simile.Imaging.Features;

/// <summary>The histogram of orientations of each cell: the sum of the gradients' magnitudes, divided by the pixels of the cell.</summary>
internal static class HogCells
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>[cell rows, cell columns, orientations].</summary>
    public static double[] Compute(Picture picture, Hog options)
    {
        var levels = Levels(options.TakesSquareRoot);
        var (cellRows, cellColumns) = (picture.Height / options.PixelsPerCell.Rows, picture.Width / options.PixelsPerCell.Columns);
        var cells = new double[cellRows * cellColumns * options.Orientations];
        var width = 180.0 / options.Orientations;
        for (var y = 0; y < cellRows * options.PixelsPerCell.Rows; y++)
        {
            for (var x = 0; x < cellColumns * options.PixelsPerCell.Columns; x++)
            {
                var (down, across) = Gradient(picture, x, y, levels);
                var angle = Math.Atan2(down, across) * DegreesPerRadian % 180;
                angle += angle < 0 ? 180 : 0;
                var bin = Math.Min((int)(angle / width), options.Orientations - 1);
                var cell = (y / options.PixelsPerCell.Rows * cellColumns) + (x / options.PixelsPerCell.Columns);
                cells[(cell * options.Orientations) + bin] += Magnitude(down, across);
            }
        }

        var pixels = options.PixelsPerCell.Rows * options.PixelsPerCell.Columns;
        return Array.ConvertAll(cells, sum => sum / pixels);
    }

    // The channel with the greatest magnitude; the first one on a tie.
    private static (double Down, double Across) Gradient(Picture picture, int x, int y, double[] levels)
    {
        var (best, most) = ((0.0, 0.0), -1.0);
        for (var channel = 0; channel < Math.Max(1, picture.Channels - (picture.Channels % 2 == 0 ? 1 : 0)); channel++)
        {
            var down = y == 0 || y == picture.Height - 1
                ? 0
                : Level(picture, x, y + 1, channel, levels) - Level(picture, x, y - 1, channel, levels);
            var across = x == 0 || x == picture.Width - 1
                ? 0
                : Level(picture, x + 1, y, channel, levels) - Level(picture, x - 1, y, channel, levels);
            if (Magnitude(down, across) is var magnitude && magnitude > most)
            {
                (best, most) = ((down, across), magnitude);
            }
        }

        return best;
    }

    private static double Level(Picture picture, int x, int y, int channel, double[] levels) =>
        levels[picture.Pixels[(((y * picture.Width) + x) * picture.Channels) + channel]];

    private static double Magnitude(double down, double across) => Math.Sqrt((down * down) + (across * across));

    private static double[] Levels(bool takesSquareRoot) =>
        [.. Enumerable.Range(0, 256).Select(level => takesSquareRoot ? Math.Sqrt(level) : level)];
}
