namespace Simile.Imaging.Features;

/// <summary>Normalized blocks of cells, concatenated.</summary>
internal static class HogBlocks
{
    private const double Epsilon = 1e-5;
    private const double Cut = 0.2;

    public static void Write(double[] cells, int cellRows, int cellColumns, Hog options, float[] vector)
    {
        var (rows, columns) = options.CellsPerBlock;
        var block = new double[rows * columns * options.Orientations];
        var at = 0;
        for (var row = 0; row + rows <= cellRows; row++)
        {
            for (var column = 0; column + columns <= cellColumns; column++)
            {
                Gather(cells, row, column, cellColumns, options, block);
                Normalize(block, options.BlockNorm);
                foreach (var value in block)
                {
                    vector[at++] = (float)value;
                }
            }
        }
    }

    private static void Gather(double[] cells, int row, int column, int cellColumns, Hog options, double[] block)
    {
        var length = options.CellsPerBlock.Columns * options.Orientations;
        for (var i = 0; i < options.CellsPerBlock.Rows; i++)
        {
            cells.AsSpan((((row + i) * cellColumns) + column) * options.Orientations, length).CopyTo(block.AsSpan(i * length));
        }
    }

    private static void Normalize(double[] block, BlockNorm norm)
    {
        switch (norm)
        {
            case BlockNorm.L1 or BlockNorm.L1Sqrt:
                var sum = block.Sum(Math.Abs) + Epsilon;
                Each(block, value => norm == BlockNorm.L1 ? value / sum : Math.Sqrt(value / sum));
                break;
            case BlockNorm.L2:
                ToUnit(block);
                break;
            default:
                ToUnit(block);
                Each(block, value => Math.Min(value, Cut));
                ToUnit(block);
                break;
        }
    }

    private static void ToUnit(double[] block)
    {
        var length = Math.Sqrt(block.Sum(value => value * value) + (Epsilon * Epsilon));
        Each(block, value => value / length);
    }

    private static void Each(double[] block, Func<double, double> change)
    {
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = change(block[i]);
        }
    }
}
