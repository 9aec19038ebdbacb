using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Throughput;

/// <summary>
/// The peer: plain use of ONNX Runtime without a library. The graph as PyTorch exports it (plain operators, ONNX Runtime's
/// optimizations on), batches of 32 in file order, padded to the longest, one session on all cores, mean pooling.
/// </summary>
internal sealed class RawBert : IDisposable
{
    private const int BatchSize = 32;
    private const int MaxTokens = 256;
    private static readonly string[] Inputs = ["input_ids", "attention_mask"];
    private static readonly string[] Outputs = ["last_hidden_state"];

    private readonly Checkpoint _checkpoint;
    private readonly OnnxModel _model;
    private readonly Tokenizer _tokenizer;
    private readonly int _hidden;

    public RawBert(string folder, int layers, int heads)
    {
        _checkpoint = SafeTensors.Open(Path.Combine(folder, "model.safetensors"));
        _tokenizer = Tokenizer.Load(folder).With(new Truncation(MaxTokens), null);
        _hidden = (int)_checkpoint["embeddings.word_embeddings.weight"].Shape[1];
        _model = Export(layers, heads).Build(new OnnxModelOptions { Optimize = true, Threads = Environment.ProcessorCount });
    }

    public VectorMatrix Embed(IReadOnlyList<string> texts)
    {
        var vectors = new VectorMatrix(texts.Count, _hidden);
        foreach (var start in Enumerable.Range(0, (texts.Count + BatchSize - 1) / BatchSize).Select(batch => batch * BatchSize))
        {
            var encodings = texts.Skip(start).Take(BatchSize).Select(text => _tokenizer.Encode(text)).ToArray();
            EmbedBatch(encodings, row => vectors[start + row]);
        }

        return vectors;
    }

    public void Dispose()
    {
        _model.Dispose();
        _checkpoint.Dispose();
    }

    private void EmbedBatch(Encoding[] batch, Func<int, Span<float>> vector)
    {
        var length = batch.Max(encoding => encoding.Ids.Length);
        var (ids, mask) = (new long[batch.Length * length], new long[batch.Length * length]);
        for (var row = 0; row < batch.Length; row++)
        {
            for (var i = 0; i < batch[row].Ids.Length; i++)
            {
                (ids[(row * length) + i], mask[(row * length) + i]) = (batch[row].Ids[i], 1);
            }
        }

        long[] shape = [batch.Length, length];
        using var idValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var results = _model.Run(Inputs, [idValue, maskValue], Outputs);
        var states = results[0].GetTensorDataAsSpan<float>();
        for (var row = 0; row < batch.Length; row++)
        {
            var mean = vector(row);
            for (var i = 0; i < batch[row].Ids.Length; i++)
            {
                VectorMath.Add(mean, states.Slice(((row * length) + i) * _hidden, _hidden), mean);
            }

            VectorMath.Normalize(mean, mean);
        }
    }

    private GraphBuilder Export(int layers, int heads)
    {
        var g = new GraphBuilder(int.MaxValue); // weights inside the graph, where the optimizer sees them
        var ids = g.Input("input_ids", TensorElementType.Int64, "batch", "length");
        var mask = g.Input("attention_mask", TensorElementType.Int64, "batch", "length");

        var positions = g.Add(
            "Slice",
            [
                g.Weight(_checkpoint["embeddings.position_embeddings.weight"]),
                g.Constant(0L),
                g.Add("Shape", [ids], ("start", 1L), ("end", 2L)),
                g.Constant(0L),
            ]);
        var types = g.Weight(_checkpoint["embeddings.token_type_embeddings.weight"].ToFloats()[.._hidden], _hidden);
        var words = g.Add("Gather", [g.Weight(_checkpoint["embeddings.word_embeddings.weight"]), ids]);
        var x = Norm(g, "embeddings.LayerNorm", g.Add("Add", [g.Add("Add", [words, types]), positions]));

        var open = g.Add("Unsqueeze", [g.Add("Cast", [mask], ("to", (long)TensorElementType.Float)), g.Constant(1L, 2L)]);
        var bias = g.Add("Mul", [g.Add("Sub", [g.Scalar(1f), open]), g.Scalar(float.MinValue)]);
        for (var layer = 0; layer < layers; layer++)
        {
            x = Layer(g, $"encoder.layer.{layer}", x, bias, heads);
        }

        g.Output("last_hidden_state", x, TensorElementType.Float, "batch", "length", _hidden.ToString());
        return g;
    }

    private string Layer(GraphBuilder g, string name, string x, string bias, int heads)
    {
        string Heads(string part) =>
            g.Add(
                "Transpose",
                [g.Add("Reshape", [Linear(g, $"{name}.attention.self.{part}", x), g.Constant(0L, 0L, heads, _hidden / heads)])],
                ("perm", new long[] { 0, 2, 1, 3 }));

        var keys = g.Add("Transpose", [Heads("key")], ("perm", new long[] { 0, 1, 3, 2 }));
        var scores = g.Add("Div", [g.Add("MatMul", [Heads("query"), keys]), g.Scalar(MathF.Sqrt(_hidden / heads))]);
        var weights = g.Add("Softmax", [g.Add("Add", [scores, bias])], ("axis", -1L));
        var context = g.Add("Transpose", [g.Add("MatMul", [weights, Heads("value")])], ("perm", new long[] { 0, 2, 1, 3 }));
        var joined = g.Add("Reshape", [context, g.Constant(0L, 0L, _hidden)]);
        x = Norm(g, $"{name}.attention.output.LayerNorm", g.Add("Add", [Linear(g, $"{name}.attention.output.dense", joined), x]));

        var inner = Linear(g, $"{name}.intermediate.dense", x);
        var erf = g.Add("Erf", [g.Add("Div", [inner, g.Scalar(MathF.Sqrt(2))])]);
        var gelu = g.Add("Mul", [g.Add("Mul", [inner, g.Add("Add", [erf, g.Scalar(1f)])]), g.Scalar(.5f)]);
        return Norm(g, $"{name}.output.LayerNorm", g.Add("Add", [Linear(g, $"{name}.output.dense", gelu), x]));
    }

    private string Linear(GraphBuilder g, string name, string x) => g.Linear(x, _checkpoint[name + ".weight"], _checkpoint[name + ".bias"]);

    private string Norm(GraphBuilder g, string name, string x) =>
        g.LayerNorm(x, _checkpoint[name + ".weight"], _checkpoint[name + ".bias"], 1e-12f);
}
