namespace Simile.Models.Architectures;

/// <summary>
/// BEiT's distance tables: one number per head and per vertical and horizontal offset, and three for the class token. The table is
/// resampled bilinearly, without antialiasing, if the grid differs from training, as in the reference.
/// </summary>
/// <param name="picture">A network whose patches were written.</param>
/// <param name="side">Rows and columns of patches in training.</param>
/// <param name="heads">Attention heads.</param>
internal sealed class BeitDistances(PictureGraph picture, int side, int heads)
{
    // From the class token to a patch, from a patch to it, and from it to itself.
    private const int ClassRows = 3;

    private readonly Dictionary<string, string> _scores = [];
    private string? _steps;
    private string? _index;

    /// <summary>The bias of the attention scores: [1, heads, tokens, tokens]. Written once for a table that layers share.</summary>
    public string Scores(string table) => _scores.TryGetValue(table, out var scores) ? scores : _scores[table] = Write(table);

    private string Write(string table)
    {
        var graph = picture.Graph;
        var reach = (2 * side) - 1;
        var all = picture.Weights.Get(table, (reach * (long)reach) + ClassRows, heads).ToFloats();
        var grid = graph.Transpose(graph.Weight(all[..(reach * reach * heads)], 1, reach, reach, heads), 0, 3, 1, 2);
        var sizes = graph.Concat(0, graph.Constant(1L, heads), Steps);
        var resized = graph.Add(
            "Resize", [grid, string.Empty, string.Empty, sizes], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));
        var patches = graph.Add("Gather", [graph.Reshape(resized, heads, -1), Index], ("axis", 1L));
        string ClassRow(int row) => graph.Weight(all.Slice(((reach * reach) + row) * heads, heads), heads, 1, 1);
        var count = graph.Sizes(patches, 1, 2);
        var toPatches = graph.Add("Expand", [ClassRow(0), graph.Concat(0, graph.Constant(1L, 1L), count)]);
        var fromPatches = graph.Add("Expand", [ClassRow(1), graph.Concat(0, graph.Constant(1L), count, graph.Constant(1L))]);
        var tokens = graph.Concat(1, graph.Concat(2, ClassRow(2), toPatches), graph.Concat(2, fromPatches, patches));
        return graph.Add("Unsqueeze", [tokens, graph.Constant(0L)]);
    }

    // The number of possible vertical and horizontal offsets: int64 [2].
    private string Steps =>
        _steps ??= picture.Graph.Add(
            "Sub", [picture.Graph.Add("Mul", [picture.Grid, picture.Graph.Constant(2L)]), picture.Graph.Constant(1L)]);

    // The table index of each pair of patches: int64 [patches, patches].
    private string Index => _index ??= WriteIndex();

    private string WriteIndex()
    {
        var graph = picture.Graph;
        var (rows, columns) = (graph.Slice(picture.Grid, 0, 0, 1), graph.Slice(picture.Grid, 0, 1, 2));
        var down = graph.Add("Reshape", [graph.Add("Mul", [Differences(0), graph.Slice(Steps, 0, 1, 2)]), graph.Concat(
            0, rows, graph.Constant(1L), rows, graph.Constant(1L))]);
        var across = graph.Add("Unsqueeze", [Differences(1), graph.Constant(0L, 2L)]);
        var count = graph.Add("Mul", [rows, columns]);
        return graph.Add("Reshape", [graph.Add("Add", [down, across]), graph.Concat(0, count, count)]);
    }

    // i − j + size − 1 for all rows (or columns) i and j: [size, size].
    private string Differences(int axis)
    {
        var graph = picture.Graph;
        var size = graph.Add("Squeeze", [graph.Slice(picture.Grid, 0, axis, axis + 1)]);
        var places = graph.Add("Range", [graph.Scalar(0L), size, graph.Scalar(1L)]);
        var apart = graph.Add("Sub", [graph.Add("Unsqueeze", [places, graph.Constant(1L)]), places]);
        return graph.Add("Add", [apart, graph.Add("Sub", [size, graph.Scalar(1L)])]);
    }
}
