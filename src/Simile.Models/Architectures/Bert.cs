using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>BERT (Devlin et al. 2019) with the names of transformers' BertModel and of its heads.</summary>
internal sealed class Bert(GraphBuilder graph, ConfigFile config, Weights weights)
{
    private readonly int _hidden = config.Size("hidden_size");
    private readonly int _heads = config.Size("num_attention_heads");
    private readonly int _wide = config.Size("intermediate_size");
    private readonly int _vocabulary = config.Size("vocab_size");
    private readonly float _epsilon = config.Number("layer_norm_eps", 1e-12f);
    private readonly string _activation = config.Text("hidden_act", "gelu");

    /// <summary>Writes the whole network.</summary>
    public void Build(TextOutputs outputs)
    {
        var layers = config.Size("num_hidden_layers");
        var encoder = new PostNormEncoder(graph, _hidden, _heads, _activation, _epsilon);
        var heads = new TextHeads(graph, outputs, _hidden, _heads);
        var ids = graph.Input("input_ids", TensorElementType.Int64, "batch", "length");
        var mask = graph.Input("attention_mask", TensorElementType.Int64, "batch", "length");
        var types = graph.Input("token_type_ids", TensorElementType.Int64, "batch", "length");

        var x = Embeddings(encoder, ids, types);
        var mask32 = encoder.Int32(mask);
        for (var i = 0; i < layers; i++)
        {
            heads.HiddenState(i, x);
            x = encoder.Run(x, mask32, Layer($"encoder.layer.{i}."));
        }

        heads.LastHiddenState(x);
        if (outputs.HasFlag(TextOutputs.Pooler) || Classifies(outputs))
        {
            var pooled = graph.Add("Tanh", [graph.Linear(encoder.FirstToken(x), Matrix("pooler.dense", _hidden, _hidden), Vector("pooler.dense", _hidden))]);
            heads.Pooler(pooled);
            Classify(heads, outputs, pooled);
        }

        if (!Classifies(outputs) && (outputs & (TextOutputs.Logits | TextOutputs.Splade)) != 0)
        {
            heads.MaskedLanguage(MaskedLanguage(x), mask, _vocabulary);
        }
    }

    private bool Classifies(TextOutputs outputs) => outputs.HasFlag(TextOutputs.Logits) && weights.Find("classifier.weight") is not null;

    private void Classify(TextHeads heads, TextOutputs outputs, string pooled)
    {
        if (Classifies(outputs))
        {
            var labels = weights.Find("classifier.weight")!.Shape[0];
            heads.Logits(graph.Linear(pooled, Matrix("classifier", labels, _hidden), Vector("classifier", labels)), labels);
        }
    }

    private string Embeddings(PostNormEncoder encoder, string ids, string types) => encoder.Embed(
        ids,
        types,
        weights.Get("embeddings.word_embeddings.weight", _vocabulary, _hidden),
        weights.Get("embeddings.position_embeddings.weight", config.Size("max_position_embeddings"), _hidden),
        weights.Get("embeddings.token_type_embeddings.weight", config.Size("type_vocab_size"), _hidden),
        Vector("embeddings.LayerNorm", _hidden, "weight"),
        Vector("embeddings.LayerNorm", _hidden));

    private PostNormEncoder.Layer Layer(string prefix) => new()
    {
        Query = (Matrix(prefix + "attention.self.query", _hidden, _hidden), Vector(prefix + "attention.self.query", _hidden)),
        Key = (Matrix(prefix + "attention.self.key", _hidden, _hidden), Vector(prefix + "attention.self.key", _hidden)),
        Value = (Matrix(prefix + "attention.self.value", _hidden, _hidden), Vector(prefix + "attention.self.value", _hidden)),
        Output = (Matrix(prefix + "attention.output.dense", _hidden, _hidden), Vector(prefix + "attention.output.dense", _hidden)),
        AttentionNorm = (Vector(prefix + "attention.output.LayerNorm", _hidden, "weight"), Vector(prefix + "attention.output.LayerNorm", _hidden)),
        Up = (Matrix(prefix + "intermediate.dense", _wide, _hidden), Vector(prefix + "intermediate.dense", _wide)),
        Down = (Matrix(prefix + "output.dense", _hidden, _wide), Vector(prefix + "output.dense", _hidden)),
        Norm = (Vector(prefix + "output.LayerNorm", _hidden, "weight"), Vector(prefix + "output.LayerNorm", _hidden)),
    };

    private string MaskedLanguage(string x)
    {
        var dense = graph.Linear(x, Matrix("cls.predictions.transform.dense", _hidden, _hidden), Vector("cls.predictions.transform.dense", _hidden), _activation);
        var normed = graph.LayerNorm(dense, Vector("cls.predictions.transform.LayerNorm", _hidden, "weight"), Vector("cls.predictions.transform.LayerNorm", _hidden), _epsilon);
        var decoder = weights.Find("cls.predictions.decoder.weight") is null ? "embeddings.word_embeddings.weight" : "cls.predictions.decoder.weight";
        var bias = weights.Find("cls.predictions.bias") is null ? "cls.predictions.decoder.bias" : "cls.predictions.bias";
        return graph.Linear(normed, weights.Get(decoder, _vocabulary, _hidden), weights.Get(bias, _vocabulary));
    }

    private Tensor Matrix(string name, long rows, long columns) => weights.Get(name + ".weight", rows, columns);

    private Tensor Vector(string name, long length, string part = "bias") => weights.Get($"{name}.{part}", length);
}
