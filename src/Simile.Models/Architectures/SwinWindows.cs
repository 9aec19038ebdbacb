using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A grid of patches cut into square windows, perhaps shifted; the grid is filled up with zeros at the right and bottom.</summary>
/// <remarks>x is [batch, rows · columns, channels]; parted it is [batch, windows, places, channels].</remarks>
internal sealed class SwinWindows(GraphBuilder graph, int rows, int columns, int channels, int side, int shift)
{
    private const float Hidden = -100;

    private readonly int _down = (rows + side - 1) / side;
    private readonly int _across = (columns + side - 1) / side;

    /// <summary>Windows.</summary>
    public int Count => _down * _across;

    /// <summary>Patches of a window.</summary>
    public int Places => side * side;

    private int FullRows => _down * side;

    private int FullColumns => _across * side;

    /// <summary>The windows of a grid.</summary>
    public string Part(string x)
    {
        var map = graph.Reshape(x, -1, rows, columns, channels);
        map = graph.Add("Pad", [map, graph.Constant(0L, 0, 0, 0, 0, FullRows - rows, FullColumns - columns, 0)]);
        map = Roll(Roll(map, 1, shift, FullRows), 2, shift, FullColumns);
        var apart = graph.Transpose(graph.Reshape(map, -1, _down, side, _across, side, channels), 0, 1, 3, 2, 4, 5);
        return graph.Reshape(apart, -1, Count, Places, channels);
    }

    /// <summary>The grid of windows.</summary>
    public string Join(string x)
    {
        var apart = graph.Transpose(graph.Reshape(x, -1, _down, _across, side, side, channels), 0, 1, 3, 2, 4, 5);
        var map = graph.Reshape(apart, -1, FullRows, FullColumns, channels);
        map = Roll(Roll(map, 1, FullRows - shift, FullRows), 2, FullColumns - shift, FullColumns);
        map = graph.Slice(graph.Slice(map, 1, 0, rows), 2, 0, columns);
        return graph.Reshape(map, -1, (long)rows * columns, channels);
    }

    /// <summary>What is added to the scores of two places for their distance: [heads, places, places].</summary>
    /// <param name="table">Bias of each distance down and across for each head: [(2 · window − 1)², heads].</param>
    /// <param name="heads">Heads.</param>
    /// <param name="window">The window that the table was made for, at least as large as this one.</param>
    /// <param name="name">The table's name.</param>
    public float[] Bias(ReadOnlySpan<float> table, int heads, int window, string name)
    {
        var reach = (2L * window) - 1;
        if (table.Length != reach * reach * heads)
        {
            throw new InvalidDataException($"Tensor {name} should have {reach * reach} rows for windows of {window} x {window}.");
        }

        var bias = new float[heads * Places * Places];
        for (var i = 0; i < Places; i++)
        {
            for (var j = 0; j < Places; j++)
            {
                var row = (((i / side) - (j / side) + window - 1) * reach) + (i % side) - (j % side) + window - 1;
                for (var head = 0; head < heads; head++)
                {
                    bias[(((head * Places) + i) * Places) + j] = table[(int)((row * heads) + head)];
                }
            }
        }

        return bias;
    }

    /// <summary>Hides from each other what the shift brought into one window from different ends of the grid: [windows, places, places]; null without a shift.</summary>
    public float[]? Mask()
    {
        if (shift == 0)
        {
            return null;
        }

        var mask = new float[Count * Places * Places];
        for (var i = 0; i < mask.Length; i++)
        {
            var (window, a, b) = (i / Places / Places, i / Places % Places, i % Places);
            mask[i] = Region(window, a) == Region(window, b) ? 0 : Hidden;
        }

        return mask;
    }

    private (int, int) Region(int window, int place) =>
        (Band((window / _across * side) + (place / side), FullRows), Band((window % _across * side) + (place % side), FullColumns));

    private int Band(int at, int size) => at < size - side ? 0 : at < size - shift ? 1 : 2;

    // The first so many rows or columns go to the end.
    private string Roll(string x, long axis, int by, int size) =>
        by % size == 0 ? x : graph.Concat(axis, graph.Slice(x, axis, by, size), graph.Slice(x, axis, 0, by));
}
