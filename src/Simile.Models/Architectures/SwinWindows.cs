using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A grid of patches split into square windows, optionally shifted. The grid is zero-padded at the right and bottom.</summary>
/// <remarks>
/// x is [batch, rows · columns, channels]; split into windows it is [batch, windows, positions, channels]. All sizes are values of the
/// graph, int64 [1], because they depend on the picture: if the grid is not larger than the window, the window shrinks to the grid and is
/// not shifted.
/// </remarks>
internal sealed class SwinWindows
{
    private const float Hidden = -100;

    private readonly GraphBuilder _graph;
    private readonly SwinGrid _grid;
    private readonly int _window;
    private readonly string _side;
    private readonly string _shift;
    private readonly string _down;
    private readonly string _across;
    private readonly string _fullRows;
    private readonly string _fullColumns;
    private readonly string _count;
    private readonly string _places;
    private string? _distances;

    /// <summary>Creates the windows of a grid.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="grid">The patches.</param>
    /// <param name="window">Side of a window in a large grid.</param>
    /// <param name="isShifted">Whether the windows are shifted by half of their side.</param>
    public SwinWindows(GraphBuilder graph, SwinGrid grid, int window, bool isShifted)
    {
        (_graph, _grid, _window) = (graph, grid, window);
        var (whole, shorter) = (graph.Constant((long)window), graph.Add("Min", [grid.Rows, grid.Columns]));
        _side = graph.Add("Min", [whole, shorter]);
        _shift = isShifted
            ? graph.Add("Where", [graph.Add("Greater", [shorter, whole]), graph.Constant(window / 2L), graph.Constant(0L)])
            : graph.Constant(0L);
        (_down, _across) = (Windows(grid.Rows), Windows(grid.Columns));
        (_fullRows, _fullColumns) = (Times(_down, _side), Times(_across, _side));
        (_count, _places) = (Times(_down, _across), Times(_side, _side));
        Mask = isShifted ? WriteMask() : null;
    }

    /// <summary>The number of possible offsets in the largest window: the rows of a bias table.</summary>
    public long Distances => ((2L * _window) - 1) * ((2L * _window) - 1);

    /// <summary>
    /// The mask between positions that the shift brought into one window from different parts of the grid: [1, windows, 1, positions,
    /// positions]; null without a shift.
    /// </summary>
    public string? Mask { get; }

    /// <summary>Splits the grid into windows.</summary>
    public string Part(string x)
    {
        var map = _graph.Add("Reshape", [x, Shape([_grid.Rows, _grid.Columns])]);
        map = _graph.Add("Pad", [map, _graph.Concat(
            0, _graph.Constant(0L, 0, 0, 0, 0), Less(_fullRows, _grid.Rows), Less(_fullColumns, _grid.Columns), _graph.Constant(0L))]);
        map = Roll(Roll(map, 1, _shift), 2, _shift);
        var apart = _graph.Transpose(_graph.Add("Reshape", [map, Shape([_down, _side, _across, _side])]), 0, 1, 3, 2, 4, 5);
        return _graph.Add("Reshape", [apart, Shape([_count, _places])]);
    }

    /// <summary>Joins windows to the grid.</summary>
    public string Join(string x)
    {
        var apart = _graph.Transpose(_graph.Add("Reshape", [x, Shape([_down, _across, _side, _side])]), 0, 1, 3, 2, 4, 5);
        var map = _graph.Add("Reshape", [apart, Shape([_fullRows, _fullColumns])]);
        map = Roll(Roll(map, 1, Less(_fullRows, _shift)), 2, Less(_fullColumns, _shift));
        map = Slice(Slice(map, 1, _graph.Constant(0L), _grid.Rows), 2, _graph.Constant(0L), _grid.Columns);
        return _graph.Add("Reshape", [map, Shape([Times(_grid.Rows, _grid.Columns)])]);
    }

    /// <summary>The shape [batch, windows, positions, …] with the last axes <paramref name="sizes"/>.</summary>
    public string Reshape(string x, params long[] sizes) =>
        _graph.Add("Reshape", [x, _graph.Concat(0, _graph.Constant(-1L), _count, _places, _graph.Constant(sizes))]);

    /// <summary>The relative position bias of the scores: [1, 1, heads, positions, positions].</summary>
    /// <param name="table">
    /// One number per vertical and horizontal offset in the largest window, and per head: [<see cref="Distances"/>, heads].
    /// </param>
    public string Bias(Tensor table) =>
        _graph.Add(
            "Unsqueeze",
            [
                _graph.Transpose(_graph.Add("Gather", [_graph.Weight(table), _distances ??= WriteDistances()]), 2, 0, 1),
                _graph.Constant(0L, 1L),
            ]);

    // The table row of each pair of positions: int64 [positions, positions].
    private string WriteDistances()
    {
        var place = Range(_places);
        var down = Apart(_graph.Add("Div", [place, _side]));
        var across = Apart(_graph.Add("Mod", [place, _side]));
        return _graph.Add("Add", [_graph.Add("Mul", [down, _graph.Scalar((2L * _window) - 1)]), across]);

        string Apart(string at) =>
            _graph.Add("Add", [_graph.Add("Sub", [_graph.Add("Unsqueeze", [at, _graph.Constant(1L)]), at]), _graph.Scalar(_window - 1L)]);
    }

    // The shifted grid has nine regions: beyond the edges, in the last windows, and the rest, in each direction.
    private string WriteMask()
    {
        var rows = _graph.Add("Unsqueeze", [Bands(_fullRows), _graph.Constant(1L)]);
        var regions = _graph.Add("Add", [_graph.Add("Mul", [rows, _graph.Scalar(3L)]), Bands(_fullColumns)]);
        regions = _graph.Transpose(_graph.Add("Reshape", [regions, _graph.Concat(0, _down, _side, _across, _side)]), 0, 2, 1, 3);
        regions = _graph.Add("Reshape", [regions, _graph.Concat(0, _count, _places)]);
        var same = _graph.Add(
            "Equal", [_graph.Add("Unsqueeze", [regions, _graph.Constant(2L)]), _graph.Add("Unsqueeze", [regions, _graph.Constant(1L)])]);
        return _graph.Add("Unsqueeze", [_graph.Add("Where", [same, _graph.Scalar(0f), _graph.Scalar(Hidden)]), _graph.Constant(0L, 2L)]);
    }

    private string Bands(string size)
    {
        var place = Range(size);
        string From(string start) => _graph.Cast(_graph.Add("GreaterOrEqual", [place, start]), TensorElementType.Int64);
        return _graph.Add("Add", [From(Less(size, _side)), From(Less(size, _shift))]);
    }

    // Moves the first rows or columns to the end.
    private string Roll(string x, long axis, string by) =>
        Mask is null ? x : _graph.Concat(axis, Slice(x, axis, by, _graph.Constant(long.MaxValue)), Slice(x, axis, _graph.Constant(0L), by));

    private string Slice(string x, long axis, string from, string to) => _graph.Add("Slice", [x, from, to, _graph.Constant(axis)]);

    private string Range(string count) => _graph.Add("Range", [_graph.Scalar(0L), _graph.Add("Squeeze", [count]), _graph.Scalar(1L)]);

    private string Windows(string size) => _graph.Add("Div", [_graph.Add("Add", [size, Less(_side, _graph.Constant(1L))]), _side]);

    private string Times(string a, string b) => _graph.Add("Mul", [a, b]);

    private string Less(string a, string b) => _graph.Add("Sub", [a, b]);

    private string Shape(ReadOnlySpan<string> middle) =>
        _graph.Concat(0, [_graph.Constant(-1L), .. middle, _graph.Constant((long)_grid.Channels)]);
}
