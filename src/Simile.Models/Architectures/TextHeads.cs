using System.Globalization;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>Declares those outputs of a text network that were asked for.</summary>
internal sealed class TextHeads
{
    private readonly GraphBuilder _graph;
    private readonly TextOutputs _outputs;
    private readonly string _hidden;

    /// <summary>For a network of this width.</summary>
    /// <exception cref="InvalidDataException">The heads do not share the width evenly.</exception>
    public TextHeads(GraphBuilder graph, TextOutputs outputs, int hidden, int attentionHeads)
    {
        if (hidden % attentionHeads != 0)
        {
            throw new InvalidDataException($"config.json: {hidden} components cannot be shared by {attentionHeads} attention heads.");
        }

        (_graph, _outputs, _hidden) = (graph, outputs, hidden.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What enters layer <paramref name="layer"/>.</summary>
    public void HiddenState(int layer, string x)
    {
        if (_outputs.HasFlag(TextOutputs.HiddenStates))
        {
            _graph.Output($"hidden_states.{layer}", x, TensorElementType.Float, "batch", "length", _hidden);
        }
    }

    /// <summary>What leaves the last layer.</summary>
    public void LastHiddenState(string x)
    {
        if (_outputs.HasFlag(TextOutputs.LastHiddenState))
        {
            _graph.Output("last_hidden_state", x, TensorElementType.Float, "batch", "length", _hidden);
        }
    }

    /// <summary>The pooled first token.</summary>
    public void Pooler(string pooled)
    {
        if (_outputs.HasFlag(TextOutputs.Pooler))
        {
            _graph.Output("pooler_output", pooled, TensorElementType.Float, "batch", _hidden);
        }
    }

    /// <summary>The numbers of a classification head.</summary>
    public void Logits(string logits, long labels) =>
        _graph.Output("logits", logits, TensorElementType.Float, "batch", labels.ToString(CultureInfo.InvariantCulture));

    /// <summary>The numbers of a masked-language head, and the sparse vector made of them.</summary>
    public void MaskedLanguage(string logits, string mask, long vocabulary)
    {
        var size = vocabulary.ToString(CultureInfo.InvariantCulture);
        if (_outputs.HasFlag(TextOutputs.Logits))
        {
            _graph.Output("logits", logits, TensorElementType.Float, "batch", "length", size);
        }

        if (_outputs.HasFlag(TextOutputs.Splade))
        {
            var positive = _graph.Add("Log", [_graph.Add("Add", [_graph.Add("Relu", [logits]), _graph.Scalar(1f)])]);
            var valid = _graph.Add("Unsqueeze", [_graph.Add("Cast", [mask], ("to", (long)TensorElementType.Float)), _graph.Constant(-1L)]);
            var greatest = _graph.Add("ReduceMax", [_graph.Add("Mul", [positive, valid]), _graph.Constant(1L)], ("keepdims", 0L));
            _graph.Output("splade", greatest, TensorElementType.Float, "batch", size);
        }
    }
}
