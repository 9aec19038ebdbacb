using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// A network whose inputs are token ids: <c>input_ids</c> and <c>attention_mask</c>, and <c>token_type_ids</c> if the family has them,
/// int64 [batch, length].
/// </summary>
internal sealed class TextGraph : NetworkGraph
{
    private string? _types;
    private string? _mask32;
    private TokenDistances? _distances;

    /// <summary>Declares the inputs.</summary>
    public TextGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
        : base(graph, config, weights, outputs)
    {
        Ids = graph.Input("input_ids", TensorElementType.Int64, "batch", "length");
        Mask = graph.Input("attention_mask", TensorElementType.Int64, "batch", "length");
    }

    /// <summary>The token ids.</summary>
    public string Ids { get; }

    /// <summary>1 for a token, 0 for padding.</summary>
    public string Mask { get; }

    /// <summary>The mask as int32, as the fused operators expect it.</summary>
    public string Mask32 => _mask32 ??= Graph.Cast(Mask, TensorElementType.Int32);

    /// <summary>The text of a pair that a token belongs to. Becomes an input only if a network uses it.</summary>
    public string Types => _types ??= Graph.Input("token_type_ids", TensorElementType.Int64, "batch", "length");

    /// <summary>The distances between tokens.</summary>
    public TokenDistances Distances => _distances ??= new TokenDistances(Graph, Ids);

    /// <summary>A stack of layers over token vectors.</summary>
    public string Layers(string x, int count, int hidden, Func<string, int, string> layer) =>
        Layers(x, count, layer, "batch", "length", NetworkOutputs.Axis(hidden));

    /// <summary>
    /// Offers the output of the last of <paramref name="layers"/> layers (and the final norm): last_hidden_state, hidden_states.n,
    /// last_token.
    /// </summary>
    public void LastHiddenState(string x, int layers, int hidden)
    {
        Outputs.Offer("last_hidden_state", x, "batch", "length", NetworkOutputs.Axis(hidden));
        Outputs.Offer($"hidden_states.{layers}", x, "batch", "length", NetworkOutputs.Axis(hidden));
        if (Outputs.Wants("last_token"))
        {
            Outputs.Offer("last_token", LastToken(x), "batch", NetworkOutputs.Axis(hidden));
        }
    }

    /// <summary>The vector of the first token: [batch, length, hidden] to [batch, hidden].</summary>
    public string FirstToken(string x) => Graph.Add("Gather", [x, Graph.Scalar(0L)], ("axis", 1L));

    /// <summary>The vector of the last token that is not padding.</summary>
    public string LastToken(string x)
    {
        var last = Graph.Add("ArgMax", [Graph.Add("Mul", [Mask, Distances.Positions])], ("axis", 1L), ("keepdims", 1L));
        return Graph.Add("GatherND", [x, last], ("batch_dims", 1L));
    }

    /// <summary>The mean of the tokens that are not padding; 0 if all are.</summary>
    public string MeanToken(string x)
    {
        var valid = Graph.Add("Unsqueeze", [Graph.Cast(Mask, TensorElementType.Float), Graph.Constant(-1L)]);
        var sum = Graph.Add("ReduceSum", [Graph.Add("Mul", [x, valid]), Graph.Constant(1L)], ("keepdims", 0L));
        var count = Graph.Add("ReduceSum", [valid, Graph.Constant(1L)], ("keepdims", 0L));
        return Graph.Add("Div", [sum, Graph.Add("Max", [count, Graph.Scalar(1f)])]);
    }
}
