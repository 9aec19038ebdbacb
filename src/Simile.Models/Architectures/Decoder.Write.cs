using System.Numerics.Tensors;

namespace Simile.Models.Architectures;

internal sealed partial record Decoder
{
    // These tensors are ignored: heads for words, classes, answers and rewards, and the picture parts of multimodal models.
    private static readonly string[] Parts =
        [
            "embed_tokens.", "layers.", "norm.", "linear.", "lm_head.", "score.", "classifier.", "qa_outputs.", "v_head.", "rm_head.",
            "value_head.", "reward_head.", "vision_tower.", "vision_model.", "multi_modal_projector.",
        ];

    /// <summary>
    /// Writes the whole network, including the projection after the last norm if the checkpoint has one (Voyage), and the classification
    /// head on the last token.
    /// </summary>
    public void Write(TextGraph text)
    {
        if (!Causal && !KnowsBothWaysInWindows && Enumerable.Range(0, Layers).Any(IsNear))
        {
            throw new NotSupportedException(
                "config.json asks for \"sliding_window\" with bidirectional attention, which is not supported for this family.");
        }

        text.Weights.RefuseOther(Parts);
        var far = new Rotary(text, Frequencies);
        var near = NearFrequencies is { } frequencies ? new Rotary(text, frequencies) : far;
        var x = text.Embedding(text.Ids, text.Weights.Get("embed_tokens.weight", text.Config.Size("vocab_size"), Hidden));
        if (EmbeddingScale != 1)
        {
            x = text.Graph.Add("Mul", [x, text.Graph.Scalar(EmbeddingScale)]);
        }

        x = text.Layers(x, Layers, Hidden, (x, i) => IsNear(i)
            ? Layer(text, x, $"layers.{i}.", near, text.Distances.Window(Window))
            : Layer(text, x, $"layers.{i}.", far, null));
        x = Norm(text, x, "norm", Hidden);
        var projection = text.Weights.Find("linear.weight") is { Shape: [> 0 and <= 1 << 24 and var size, _] } ? (int)size : (int?)null;
        text.LastHiddenState(
            projection is null ? x : text.Linear(x, "linear", projection.Value, Hidden, bias: text.Weights.Has("linear.bias")),
            Layers,
            projection ?? Hidden);
        if (TextHeads.Classifies(text, "score"))
        {
            TextHeads.Logits(text, text.LastToken(x), Hidden, "score", bias: false);
        }
    }

    private string Layer(TextGraph text, string x, string prefix, Rotary rotary, string? window)
    {
        var attended = Attend(text, Norm(text, x, prefix + "input_layernorm", Hidden), prefix + "self_attn.", rotary, window);
        x = text.Graph.Add("Add", [x, NormsBehind ? Norm(text, attended, prefix + "post_attention_layernorm", Hidden) : attended]);
        var gated = Gated(
            text,
            Norm(text, x, prefix + (NormsBehind ? "pre_feedforward_layernorm" : "post_attention_layernorm"), Hidden),
            prefix + "mlp.");
        return text.Graph.Add("Add", [x, NormsBehind ? Norm(text, gated, prefix + "post_feedforward_layernorm", Hidden) : gated]);
    }

    private string Attend(TextGraph text, string x, string prefix, Rotary rotary, string? window)
    {
        var attention = new Attention { Heads = Heads, KeyHeads = KeyHeads, HeadSize = HeadSize, Scale = ScoreScale, Causal = Causal };
        var value = text.Linear(x, prefix + "v_proj", KeyHeads * HeadSize, Hidden, bias: AttentionBias);
        var context = attention.Write(text.Graph, Turned("q", Heads), Turned("k", KeyHeads), value, text.Mask32, window);
        return text.Linear(context, prefix + "o_proj", Hidden, Heads * HeadSize, bias: OutputBias);

        string Turned(string part, int heads)
        {
            var product = text.Linear(x, $"{prefix}{part}_proj", heads * HeadSize, Hidden, bias: AttentionBias);
            return rotary.Turn(QueryKeyNorms ? NormHeads(text, product, $"{prefix}{part}_norm", heads) : product, heads, HeadSize);
        }
    }

    private string NormHeads(TextGraph text, string x, string name, int heads) =>
        text.Graph.Reshape(Norm(text, text.Graph.Reshape(x, 0, 0, heads, HeadSize), name, HeadSize), 0, 0, (long)heads * HeadSize);

    private string Gated(TextGraph text, string x, string prefix)
    {
        string Up(string name) => text.Linear(x, prefix + name, Wide, Hidden, bias: WideBias);
        return text.Linear(
            text.Graph.Gated(Up("gate_proj"), Up("up_proj"), Activation), prefix + "down_proj", Hidden, Wide, bias: WideBias);
    }

    private string Norm(TextGraph text, string x, string name, int width)
    {
        if (NormOffset == 0)
        {
            return text.RmsNorm(x, name, width, Epsilon);
        }

        var weight = text.Weights.Get(name + ".weight", width).ToFloats().ToArray();
        TensorPrimitives.Add(weight, NormOffset, weight);
        return text.Graph.RmsNorm(x, text.Graph.Weight<float>(weight, width), Epsilon);
    }
}
