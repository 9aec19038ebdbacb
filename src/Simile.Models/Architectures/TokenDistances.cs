using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>The distances between the tokens of a row, as values of a graph. Each value is written once.</summary>
/// <remarks>Positions count from the left edge, padding included, because only differences matter.</remarks>
internal sealed class TokenDistances
{
    // Added to masked scores: far below any score, but far from overflow.
    private const float Never = -1e9f;

    private readonly GraphBuilder _graph;
    private readonly Dictionary<int, string> _windows = [];
    private string? _all;

    /// <summary>For ids [batch, length].</summary>
    public TokenDistances(GraphBuilder graph, string ids)
    {
        _graph = graph;
        Length = graph.Add("Gather", [graph.Add("Shape", [ids]), graph.Scalar(1L)]);
        Positions = graph.Add("Range", [graph.Scalar(0L), Length, graph.Scalar(1L)]);
    }

    /// <summary>Tokens of a row, padding included: an int64 number.</summary>
    public string Length { get; }

    /// <summary>0, 1, 2, …: int64 [length].</summary>
    public string Positions { get; }

    /// <summary>Position of the key minus position of the query: int64 [length (query), length (key)].</summary>
    public string All => _all ??= _graph.Add("Sub", [Positions, _graph.Add("Unsqueeze", [Positions, _graph.Constant(1L)])]);

    /// <summary>The distances, clamped to ±<paramref name="largest"/> and shifted to start at 0: 0 … 2 · largest.</summary>
    public string Clipped(long largest) =>
        _graph.Add("Add", [_graph.Add("Clip", [All, _graph.Scalar(-largest), _graph.Scalar(largest)]), _graph.Scalar(largest)]);

    /// <summary>
    /// The sliding-window mask that is added to the scores, for keys at most <paramref name="largest"/> away: [1, 1, length, length].
    /// </summary>
    public string Window(int largest)
    {
        if (!_windows.TryGetValue(largest, out var window))
        {
            var near = _graph.Add("LessOrEqual", [_graph.Add("Abs", [All]), _graph.Scalar((long)largest)]);
            var scores = _graph.Add("Where", [near, _graph.Scalar(0f), _graph.Scalar(Never)]);
            _windows[largest] = window = _graph.Add("Unsqueeze", [scores, _graph.Constant(0L, 1L)]);
        }

        return window;
    }
}
