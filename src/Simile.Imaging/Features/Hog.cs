namespace Simile.Imaging.Features;

/// <summary>Histograms of oriented gradients (HOG): the directions of edges in each part of a picture, robust against lighting.</summary>
/// <remarks>
/// Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005, with the definitions of scikit-image's
/// <c>feature.hog</c>: central differences, angles from 0° to 180° in bins without interpolation, blocks that overlap by all but one cell.
/// The order of the numbers is block row, block column, cell row, cell column, orientation. Pixels after the last whole cell are ignored.
/// </remarks>
public sealed record Hog : PictureFeature
{
    private const int MostOrientations = 180;

    /// <summary>
    /// Width and height that the picture is resized to (bilinear). Null for no resize; the dimensions then depend on the size of the
    /// picture.
    /// </summary>
    public (int Width, int Height)? Size { get; init; } = (128, 128);

    /// <summary>Bins of 180 degrees, 1 to 180. 9 by default.</summary>
    public int Orientations { get; init; } = 9;

    /// <summary>Rows and columns of a cell. 8 and 8 by default.</summary>
    public (int Rows, int Columns) PixelsPerCell { get; init; } = (8, 8);

    /// <summary>Rows and columns of cells in a block. 2 and 2 by default.</summary>
    public (int Rows, int Columns) CellsPerBlock { get; init; } = (2, 2);

    /// <summary>How a block is normalized. L2Hys by default, as in the paper.</summary>
    public BlockNorm BlockNorm { get; init; } = BlockNorm.L2Hys;

    /// <summary>Whether to take the square root of each level first, which reduces the effect of shadows.</summary>
    public bool TakesSquareRoot { get; init; }

    /// <summary>Whether each pixel uses the color channel with the greatest gradient instead of gray.</summary>
    public bool IsColor { get; init; }

    /// <summary>Which pass of the resize runs first. By default that of Pillow 13.</summary>
    public PassOrder Order { get; init; } = PassOrder.Pillow13;

    /// <inheritdoc/>
    public override string Name =>
        $"hog({(Size is { } size ? $"{size.Width}x{size.Height}" : "any")},{Orientations},cell={PixelsPerCell.Rows}x"
        + $"{PixelsPerCell.Columns},block={CellsPerBlock.Rows}x{CellsPerBlock.Columns},{BlockNorm.ToString().ToLowerInvariant()}"
        + $"{(TakesSquareRoot ? ",sqrt" : string.Empty)}{(IsColor ? ",rgb" : string.Empty)}"
        + $"{(Order == PassOrder.Pillow13 ? string.Empty : ",across")})";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Size"/> is null, so the dimensions differ by picture.</exception>
    public override int Dimensions =>
        Size is { } size
            ? LengthOf(size.Width, size.Height)
            : throw new InvalidOperationException("HOG without a resize has no fixed number of dimensions: set Size.");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The picture is smaller than a block, or an option is out of range.</exception>
    public override float[] Compute(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Validate();
        var channels = IsColor ? picture : picture.ToGray();
        if (Size is { } size)
        {
            channels = channels.Resize(size.Width, size.Height, new ResizeOptions { Filter = ResizeFilter.Bilinear, Order = Order });
        }

        var vector = new float[LengthOf(channels.Width, channels.Height)];
        var cells = HogCells.Compute(channels, this);
        HogBlocks.Write(cells, channels.Height / PixelsPerCell.Rows, channels.Width / PixelsPerCell.Columns, this, vector);
        return vector;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Orientations is < 1 or > MostOrientations)
        {
            throw new ArgumentException($"The number of HOG orientations is {Orientations}, but must be 1 to {MostOrientations}.");
        }

        foreach (var size in (int[])[PixelsPerCell.Rows, PixelsPerCell.Columns, CellsPerBlock.Rows, CellsPerBlock.Columns])
        {
            RequireSize(size, "A side of HOG's cells and blocks");
        }

        if (Size is { } resized)
        {
            RequireSize(resized.Width, "HOG's width");
            RequireSize(resized.Height, "HOG's height");
            _ = LengthOf(resized.Width, resized.Height);
        }
    }

    private int LengthOf(int width, int height)
    {
        var rows = (height / PixelsPerCell.Rows) - CellsPerBlock.Rows + 1;
        var columns = (width / PixelsPerCell.Columns) - CellsPerBlock.Columns + 1;
        return rows >= 1 && columns >= 1 ? checked(rows * columns * CellsPerBlock.Rows * CellsPerBlock.Columns * Orientations)
            : throw new ArgumentException(
                $"A picture of {width} x {height} pixels is smaller than a block of HOG, "
                + $"which has {CellsPerBlock.Columns * PixelsPerCell.Columns} x {CellsPerBlock.Rows * PixelsPerCell.Rows}.");
    }
}
