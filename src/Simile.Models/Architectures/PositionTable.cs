using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>How a position table is resampled to the grid of a picture. The names are those of PyTorch's <c>interpolate</c>.</summary>
internal enum PositionFilter
{
    /// <summary>Bicubic with a = −0.75, <c>align_corners</c> and <c>antialias</c> off: most of transformers.</summary>
    Bicubic,

    /// <summary>
    /// Bicubic with a = −0.5 and <c>antialias</c>, which widens the kernel where the table shrinks: timm, DINOv2 with registers.
    /// </summary>
    BicubicAntialias,

    /// <summary>Bicubic with a = −0.75 and <c>align_corners</c>: torchvision's <c>interpolate_embeddings</c>.</summary>
    BicubicCorners,

    /// <summary>
    /// Bicubic with a scale computed from 0.1 more patches than there are: DINOv2's first release. A table of the right size is unchanged.
    /// </summary>
    BicubicOffset,
}

/// <summary>A table of position embeddings for a grid, as values of a graph.</summary>
internal static class PositionTable
{
    // DINOv2's first release adds this to the number of patches before it computes the scale.
    private const float Offset = 0.1f;

    /// <summary>Resamples a table: [1, rows, columns, hidden] to [1, patches, hidden].</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="table">The vectors of the table.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <param name="hidden">Components of a vector.</param>
    /// <param name="grid">Rows and columns of the picture's patches: int64 [2].</param>
    /// <param name="filter">The resampling method.</param>
    public static string Resample(
        GraphBuilder graph, Memory<float> table, int rows, int columns, int hidden, string grid, PositionFilter filter)
    {
        if (filter == PositionFilter.BicubicAntialias)
        {
            return Smooth(graph, table, rows, columns, hidden, grid);
        }

        var map = graph.Transpose(graph.Weight(table, 1, rows, columns, hidden), 0, 3, 1, 2);
        var (scales, sizes) = filter == PositionFilter.BicubicOffset
            ? (Scales(graph, rows, columns, grid), string.Empty)
            : (string.Empty, graph.Concat(0, graph.Constant(1L, hidden), grid));
        var resized = graph.Add(
            "Resize",
            [map, string.Empty, scales, sizes],
            ("mode", "cubic"),
            ("cubic_coeff_a", -0.75f),
            ("coordinate_transformation_mode", filter == PositionFilter.BicubicCorners ? "align_corners" : "half_pixel"));
        return graph.Reshape(graph.Transpose(resized, 0, 2, 3, 1), 1, -1, hidden);
    }

    /// <summary>The weight of each table position for a picture position: float [.., side]. Each row sums to 1.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="place">The position along the picture's side: float [..].</param>
    /// <param name="count">Number of positions along the picture's side: float, broadcast against <paramref name="place"/>.</param>
    /// <param name="side">Number of positions along the table's side.</param>
    /// <param name="kernel">The kernel as a function of the distance, in positions of the coarser side.</param>
    public static string Shares(GraphBuilder graph, string place, string count, int side, Func<GraphBuilder, string, string> kernel)
    {
        var scale = graph.Add("Div", [graph.Scalar((float)side), count]);
        var width = graph.Add("Unsqueeze", [graph.Add("Max", [scale, graph.Scalar(1f)]), graph.Constant(-1L)]);
        var center = graph.Add(
            "Unsqueeze", [graph.Add("Mul", [graph.Add("Add", [place, graph.Scalar(0.5f)]), scale]), graph.Constant(-1L)]);
        var middles = graph.Weight<float>(Enumerable.Range(0, side).Select(i => i + 0.5f).ToArray(), side);
        var weights = kernel(graph, graph.Add("Div", [graph.Add("Abs", [graph.Add("Sub", [middles, center])]), width]));
        return graph.Add("Div", [weights, graph.Add("ReduceSum", [weights, graph.Constant(-1L)], ("keepdims", 1L))]);
    }

    /// <summary>The bilinear kernel: 1 − |x|; 0 from 1 on.</summary>
    public static string Triangle(GraphBuilder graph, string distance) =>
        graph.Add("Relu", [graph.Add("Sub", [graph.Scalar(1f), distance])]);

    // The bicubic kernel with a = −0.5 (Keys 1981), 0 from 2 on.
    private static string Keys(GraphBuilder graph, string distance)
    {
        string Times(string x, string y) => graph.Add("Mul", [x, y]);
        string Plus(string x, float y) => graph.Add("Add", [x, graph.Scalar(y)]);
        string Below(float limit) => graph.Add("Less", [distance, graph.Scalar(limit)]);
        var near = Plus(Times(Times(Plus(Times(distance, graph.Scalar(1.5f)), -2.5f), distance), distance), 1);
        var far = Plus(Times(Plus(Times(Plus(Times(distance, graph.Scalar(-0.5f)), 2.5f), distance), -4), distance), 2);
        return graph.Add("Where", [Below(1), near, graph.Add("Where", [Below(2), far, graph.Scalar(0f)])]);
    }

    // ONNX Runtime's antialiasing repeats the edge where PyTorch ignores positions outside, so both passes are matrix products here.
    private static string Smooth(GraphBuilder graph, Memory<float> table, int rows, int columns, int hidden, string grid)
    {
        var down = graph.Add("MatMul", [Shares(graph, grid, 0, rows), graph.Weight(table, rows, (long)columns * hidden)]);
        var across = graph.Add("MatMul", [Shares(graph, grid, 1, columns), graph.Reshape(down, -1, columns, hidden)]);
        return graph.Reshape(across, 1, -1, hidden);
    }

    private static string Shares(GraphBuilder graph, string grid, int axis, int side)
    {
        var count = graph.Add("Gather", [grid, graph.Scalar((long)axis)]);
        var places = graph.Add("Range", [graph.Scalar(0L), count, graph.Scalar(1L)]);
        return Shares(graph, graph.Cast(places, TensorElementType.Float), graph.Cast(count, TensorElementType.Float), side, Keys);
    }

    private static string Scales(GraphBuilder graph, int rows, int columns, string grid)
    {
        var sizes = graph.Constant((float)rows, columns);
        var counts = graph.Cast(grid, TensorElementType.Float);
        var differs = graph.Add("ReduceMax", [graph.Add("Abs", [graph.Add("Sub", [counts, sizes])])], ("keepdims", 0L));
        var offset = graph.Add("Where", [graph.Add("Greater", [differs, graph.Scalar(0f)]), graph.Scalar(Offset), graph.Scalar(0f)]);
        return graph.Concat(0, graph.Constant(1f, 1f), graph.Add("Div", [graph.Add("Add", [counts, offset]), sizes]));
    }
}
