using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>DistilBERT (Sanh et al. 2019): BERT without token types and pooler, under other names.</summary>
internal sealed class DistilBert(GraphBuilder graph, ConfigFile config, Weights weights)
{
    // Fixed in the reference: config.json does not carry it.
    private const float Epsilon = 1e-12f;

    private readonly int _hidden = config.Size("dim");
    private readonly int _heads = config.Size("n_heads");
    private readonly int _wide = config.Size("hidden_dim");
    private readonly int _vocabulary = config.Size("vocab_size");
    private readonly string _activation = config.Text("activation", "gelu");

    /// <summary>Writes the whole network.</summary>
    public void Build(TextOutputs outputs)
    {
        var layers = config.Size("n_layers");
        var encoder = new PostNormEncoder(graph, _hidden, _heads, _activation, Epsilon);
        var heads = new TextHeads(graph, outputs, _hidden, _heads);
        var ids = graph.Input("input_ids", TensorElementType.Int64, "batch", "length");
        var mask = graph.Input("attention_mask", TensorElementType.Int64, "batch", "length");

        var x = encoder.Embed(
            ids,
            null,
            weights.Get("embeddings.word_embeddings.weight", _vocabulary, _hidden),
            weights.Get("embeddings.position_embeddings.weight", config.Size("max_position_embeddings"), _hidden),
            null,
            Vector("embeddings.LayerNorm", _hidden, "weight"),
            Vector("embeddings.LayerNorm", _hidden));
        var mask32 = encoder.Int32(mask);
        for (var i = 0; i < layers; i++)
        {
            heads.HiddenState(i, x);
            x = encoder.Run(x, mask32, Layer($"transformer.layer.{i}."));
        }

        heads.LastHiddenState(x);
        if (outputs.HasFlag(TextOutputs.Logits) && weights.Find("classifier.weight") is { } classifier)
        {
            var first = graph.Linear(encoder.FirstToken(x), Matrix("pre_classifier", _hidden, _hidden), Vector("pre_classifier", _hidden), "relu");
            heads.Logits(graph.Linear(first, classifier, Vector("classifier", classifier.Shape[0])), classifier.Shape[0]);
        }
        else if ((outputs & (TextOutputs.Logits | TextOutputs.Splade)) != 0)
        {
            heads.MaskedLanguage(MaskedLanguage(x), mask, _vocabulary);
        }
    }

    private PostNormEncoder.Layer Layer(string prefix) => new()
    {
        Query = (Matrix(prefix + "attention.q_lin", _hidden, _hidden), Vector(prefix + "attention.q_lin", _hidden)),
        Key = (Matrix(prefix + "attention.k_lin", _hidden, _hidden), Vector(prefix + "attention.k_lin", _hidden)),
        Value = (Matrix(prefix + "attention.v_lin", _hidden, _hidden), Vector(prefix + "attention.v_lin", _hidden)),
        Output = (Matrix(prefix + "attention.out_lin", _hidden, _hidden), Vector(prefix + "attention.out_lin", _hidden)),
        AttentionNorm = (Vector(prefix + "sa_layer_norm", _hidden, "weight"), Vector(prefix + "sa_layer_norm", _hidden)),
        Up = (Matrix(prefix + "ffn.lin1", _wide, _hidden), Vector(prefix + "ffn.lin1", _wide)),
        Down = (Matrix(prefix + "ffn.lin2", _hidden, _wide), Vector(prefix + "ffn.lin2", _hidden)),
        Norm = (Vector(prefix + "output_layer_norm", _hidden, "weight"), Vector(prefix + "output_layer_norm", _hidden)),
    };

    private string MaskedLanguage(string x)
    {
        var dense = graph.Linear(x, Matrix("vocab_transform", _hidden, _hidden), Vector("vocab_transform", _hidden), _activation);
        var normed = graph.LayerNorm(dense, Vector("vocab_layer_norm", _hidden, "weight"), Vector("vocab_layer_norm", _hidden), Epsilon);
        var decoder = weights.Find("vocab_projector.weight") is null ? "embeddings.word_embeddings.weight" : "vocab_projector.weight";
        return graph.Linear(normed, weights.Get(decoder, _vocabulary, _hidden), Vector("vocab_projector", _vocabulary));
    }

    private Tensor Matrix(string name, long rows, long columns) => weights.Get(name + ".weight", rows, columns);

    private Tensor Vector(string name, long length, string part = "bias") => weights.Get($"{name}.{part}", length);
}
