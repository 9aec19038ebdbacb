using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// Rotary position embeddings (Su et al. 2021): component i of a head's first half and of its second half are rotated together, by an angle
/// proportional to the position.
/// </summary>
/// <remarks>
/// The tables are computed in the graph for the positions of the batch, so that the length is not limited and nothing is stored.
/// </remarks>
internal sealed class Rotary
{
    private readonly GraphBuilder _graph;
    private readonly string _cos;
    private readonly string _sin;
    private readonly string _places;
    private readonly int _size;

    /// <summary>For heads rotated by <paramref name="angles"/>. Fewer components than the head has may be rotated.</summary>
    public Rotary(TextGraph text, RotaryAngles angles)
    {
        (_graph, _size) = (text.Graph, angles.Size);
        var isByRow = angles.Beyond is not null || angles.Stretch is not null;
        var turned = isByRow ? AnglesByRow(text, angles) : Angles(text, angles);
        _places = isByRow ? PlacesByRow(text) : _graph.Constant(0L);
        (_cos, _sin) = (Scaled(_graph.Add("Cos", [turned]), angles.Scale), Scaled(_graph.Add("Sin", [turned]), angles.Scale));
    }

    /// <summary>Rotates queries or keys: [batch, length, heads · size].</summary>
    public string Turn(string x, int heads, int headSize) => _size == headSize
        ? _graph.Add("com.microsoft.RotaryEmbedding", [x, _places, _cos, _sin])
        : _graph.Add(
            "com.microsoft.RotaryEmbedding", [x, _places, _cos, _sin], ("num_heads", (long)heads), ("rotary_embedding_dim", (long)_size));

    // [length, pairs].
    private string Angles(TextGraph text, RotaryAngles angles)
    {
        var places = _graph.Add("Unsqueeze", [_graph.Cast(text.Distances.Positions, TensorElementType.Float), _graph.Constant(1L)]);
        return _graph.Add("Mul", [places, _graph.Weight<float>(angles.Frequencies, 1, angles.Frequencies.Length)]);
    }

    // Long texts use other frequencies. Each row uses its own length, so that a text does not depend on the rest of the batch: [batch ·
    // length, pairs].
    private string AnglesByRow(TextGraph text, RotaryAngles angles)
    {
        var pairs = angles.Frequencies.Length;
        var tokens = _graph.Cast(_graph.Add("ReduceSum", [text.Mask, _graph.Constant(1L)], ("keepdims", 1L)), TensorElementType.Float);
        var frequencies = angles.Stretch is { } stretch
            ? Stretched(tokens, stretch, angles)
            : _graph.Add("Where", [
                _graph.Add("Greater", [tokens, _graph.Scalar((float)angles.Trained)]),
                _graph.Weight<float>(angles.Beyond!, 1, pairs), _graph.Weight<float>(angles.Frequencies, 1, pairs)]);
        var places = _graph.Add("Unsqueeze", [_graph.Cast(text.Distances.Positions, TensorElementType.Float), _graph.Constant(0L, 2L)]);
        return _graph.Reshape(_graph.Add("Mul", [places, _graph.Add("Unsqueeze", [frequencies, _graph.Constant(1L)])]), -1, pairs);
    }

    // The base, stretched so that the slowest pair rotates as far over the whole text as it did over the trained length.
    private string Stretched(string tokens, (float Base, float Factor) stretch, RotaryAngles angles)
    {
        var (pairs, size) = (angles.Frequencies.Length, angles.Size);
        var longer = _graph.Add("Max", [tokens, _graph.Scalar((float)angles.Trained)]);
        var times = _graph.Add(
            "Sub", [_graph.Add("Mul", [longer, _graph.Scalar(stretch.Factor / angles.Trained)]), _graph.Scalar(stretch.Factor - 1)]);
        var grown = _graph.Add("Mul", [_graph.Add("Pow", [times, _graph.Scalar(size / (size - 2f))]), _graph.Scalar(stretch.Base)]);
        return _graph.Add("Pow", [grown, _graph.Weight<float>(Enumerable.Range(0, pairs).Select(i => -2f * i / size).ToArray(), 1, pairs)]);
    }

    // Row r has the positions r · length and on: int64 [batch, length].
    private string PlacesByRow(TextGraph text)
    {
        var (batch, length) = (_graph.Add("Gather", [_graph.Add("Shape", [text.Ids]), _graph.Scalar(0L)]), text.Distances.Length);
        var all = _graph.Add("Range", [_graph.Scalar(0L), _graph.Add("Mul", [batch, length]), _graph.Scalar(1L)]);
        return _graph.Add("Reshape", [all, _graph.Add("Shape", [text.Ids])]);
    }

    private string Scaled(string x, float scale) => scale == 1 ? x : _graph.Add("Mul", [x, _graph.Scalar(scale)]);
}
