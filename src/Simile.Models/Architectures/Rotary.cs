using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Rotary positions (Su et al. 2021): component i of a head's first half and of its second half are turned together, by an angle that grows with the place.</summary>
/// <remarks>The tables are made in the graph for as many places as the batch has, so that nothing limits the length and nothing is stored.</remarks>
internal sealed class Rotary
{
    private readonly GraphBuilder _graph;
    private readonly string _cos;
    private readonly string _sin;
    private readonly string _start;
    private readonly int _size;

    /// <summary>For heads that are turned by <paramref name="frequencies"/>, which may be fewer than half of their components.</summary>
    public Rotary(TextGraph text, float[] frequencies)
    {
        _graph = text.Graph;
        _size = 2 * frequencies.Length;
        _start = _graph.Constant(0L);
        var places = _graph.Add("Unsqueeze", [_graph.Cast(text.Distances.Positions, TensorElementType.Float), _graph.Constant(1L)]);
        var angles = _graph.Add("Mul", [places, _graph.Weight<float>(frequencies, 1, frequencies.Length)]);
        (_cos, _sin) = (_graph.Add("Cos", [angles]), _graph.Add("Sin", [angles]));
    }

    /// <summary>Turns queries or keys: [batch, length, heads · size].</summary>
    public string Turn(string x, int heads, int headSize) => _size == headSize
        ? _graph.Add("com.microsoft.RotaryEmbedding", [x, _start, _cos, _sin])
        : _graph.Add("com.microsoft.RotaryEmbedding", [x, _start, _cos, _sin], ("num_heads", (long)heads), ("rotary_embedding_dim", (long)_size));
}
