using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Golden;

/// <content>Networks that take token ids.</content>
internal static partial class ArchitectureCase
{
    private static void CheckText(string folder, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var model = TextNetwork.Build(config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), Wanted(io));
        CheckRows(model, io, tolerance);
    }

    private static TextOutputs Wanted(Checkpoint io)
    {
        var outputs = default(TextOutputs);
        foreach (var name in io.Tensors.Keys)
        {
            outputs |= name switch
            {
                _ when name.StartsWith("output.hidden_states", StringComparison.Ordinal) => TextOutputs.HiddenStates,
                _ when name.StartsWith("output.last_hidden_state", StringComparison.Ordinal) => TextOutputs.LastHiddenState,
                "output.mean_pooled" => TextOutputs.LastHiddenState,
                "output.pooler_output" => TextOutputs.Pooler,
                "output.logits" => TextOutputs.Logits,
                "output.splade" => TextOutputs.Splade,
                _ => default,
            };
        }

        return outputs;
    }

    /// <summary>The rows as given, each alone without its padding, and in mixed batches of 1 to 64.</summary>
    private static void CheckRows(OnnxModel model, Checkpoint io, float tolerance)
    {
        var mask = io["input.attention_mask"];
        var (rows, length) = ((int)mask.Shape[0], (int)mask.Shape[1]);
        var lengths = Enumerable.Range(0, rows).Select(r => mask.ToFloats().Span.Slice(r * length, length).ToArray().Count(m => m != 0)).ToArray();
        CheckBatch(model, io, [.. Enumerable.Range(0, rows)], length, lengths, tolerance);
        for (var row = 0; row < rows; row++)
        {
            CheckBatch(model, io, [row], lengths[row], lengths, tolerance);
        }

        foreach (var size in (int[])[2, 3, 5, 8, 16, 33, 64])
        {
            var batch = Enumerable.Range(0, size).Select(i => (i * i) % rows).ToArray();
            CheckBatch(model, io, batch, batch.Max(r => lengths[r]), lengths, tolerance);
        }
    }

    private static void CheckBatch(OnnxModel model, Checkpoint io, int[] batch, int length, int[] lengths, float tolerance)
    {
        var values = model.Inputs.Select(name => OrtValue.CreateTensorValueFromMemory(Gather(io["input." + name], batch, length), [batch.Length, length])).ToArray();
        var names = io.Tensors.Keys.Where(n => n.StartsWith("output.", StringComparison.Ordinal)).ToArray();
        var outputs = names.Select(n => GraphOutput(n["output.".Length..])).Distinct().ToArray();
        using var results = model.Run(model.Inputs, values, outputs);
        foreach (var name in names)
        {
            var output = GraphOutput(name["output.".Length..]);
            var actual = results[Array.IndexOf(outputs, output)].GetTensorDataAsSpan<float>();
            for (var i = 0; i < batch.Length; i++)
            {
                var size = actual.Length / batch.Length;
                CheckRow(name, io[name], batch[i], actual.Slice(i * size, size), length, lengths[batch[i]], tolerance);
            }
        }
    }

    private static void CheckRow(string name, Tensor expected, int row, ReadOnlySpan<float> actual, int length, int valid, float tolerance)
    {
        var size = expected.Length / (int)expected.Shape[0];
        var reference = expected.ToFloats().Span.Slice(row * size, size);
        var width = (int)expected.Shape[^1];
        var what = $"{name}, row {row} in a batch {length} long";
        if (name.EndsWith(".first_token", StringComparison.Ordinal))
        {
            AssertClose(reference, actual[..width], tolerance, what);
        }
        else if (name == "output.mean_pooled")
        {
            var mean = new float[width];
            new Pooling([PoolingMode.Mean], true).Pool(actual[..(valid * width)], 0, width, mean);
            AssertClose(reference, mean, tolerance, what);
        }
        else if (expected.Shape.Length == 3)
        {
            var count = Math.Min(valid, (int)expected.Shape[1]) * width;
            AssertClose(reference[..count], actual[..count], tolerance, what);
        }
        else
        {
            AssertClose(reference, actual, tolerance, what);
        }
    }

    private static string GraphOutput(string name) =>
        name == "mean_pooled" ? "last_hidden_state"
        : name.Replace(".first_token", string.Empty, StringComparison.Ordinal).Replace(".first8", string.Empty, StringComparison.Ordinal);

    private static long[] Gather(Tensor input, int[] rows, int length)
    {
        var all = input.ToFloats().Span;
        var width = (int)input.Shape[1];
        var values = new long[rows.Length * length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < length; j++)
            {
                values[(i * length) + j] = (long)all[(rows[i] * width) + j];
            }
        }

        return values;
    }
}
