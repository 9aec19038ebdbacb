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

    private static string[] Wanted(Checkpoint io) => [.. OutputNames(io).Select(GraphOutput).Distinct()];

    private static IEnumerable<string> OutputNames(Checkpoint io) =>
        io.Tensors.Keys.Where(n => n.StartsWith("output.", StringComparison.Ordinal));

    /// <summary>The rows as given, each alone without padding, and in mixed batches of 1 to 64.</summary>
    private static void CheckRows(OnnxModel model, Checkpoint io, float tolerance)
    {
        var mask = io["input.attention_mask"];
        var (rows, length) = ((int)mask.Shape[0], (int)mask.Shape[1]);
        var texts = Enumerable.Range(0, rows).Select(r => Valid(mask, r)).ToArray();
        CheckBatch(model, io, [.. Enumerable.Range(0, rows)], length, texts, tolerance);
        for (var row = 0; row < rows; row++)
        {
            CheckBatch(model, io, [row], texts[row].Count, texts, tolerance);
        }

        foreach (var size in (int[])[2, 3, 5, 8, 16, 33, 64])
        {
            var batch = Enumerable.Range(0, size).Select(i => (i * i) % rows).ToArray();
            CheckBatch(model, io, batch, batch.Max(r => texts[r].Count), texts, tolerance);
        }

        CheckMasked(model, io, tolerance);
    }

    // From the first to the last token that is not padding. Padding is on one side only.
    private static (int Start, int Count) Valid(Tensor mask, int row)
    {
        var numbers = Row(mask, row);
        var start = numbers.IndexOfAnyExcept(0f);
        return (start, numbers.LastIndexOfAnyExcept(0f) + 1 - start);
    }

    private static void CheckBatch(OnnxModel model, Checkpoint io, int[] batch, int length, (int Start, int Count)[] texts, float tolerance)
    {
        var width = (int)io["input.attention_mask"].Shape[1];
        var first = texts.Any(t => t.Start > 0) ? width - length : 0; // padded at the left, the ends of the rows stand together
        var values = model.Inputs.Select(
            name => OrtValue.CreateTensorValueFromMemory(Gather(io.Find("input." + name), batch, first, length), [batch.Length, length]))
            .ToArray();
        var outputs = Wanted(io);
        using var results = model.Run(model.Inputs, values, outputs);
        foreach (var name in OutputNames(io))
        {
            var actual = results[Array.IndexOf(outputs, GraphOutput(name))].GetTensorDataAsSpan<float>();
            for (var i = 0; i < batch.Length; i++)
            {
                var (start, count) = texts[batch[i]];
                CheckRow(
                    name,
                    io[name],
                    batch[i],
                    actual.Slice(i * (actual.Length / batch.Length), actual.Length / batch.Length),
                    start,
                    count,
                    first,
                    tolerance);
            }
        }
    }

    private static void CheckRow(
        string name, Tensor expected, int row, ReadOnlySpan<float> actual, int start, int count, int first, float tolerance)
    {
        var reference = Row(expected, row);
        var width = (int)expected.Shape[^1];
        var what = $"{name}, row {row}, columns {first} and on";
        if (name.EndsWith(".first_token", StringComparison.Ordinal))
        {
            AssertClose(reference, actual[..width], tolerance, what);
        }
        else if (name == "output.mean_pooled")
        {
            var mean = new float[width];
            new Pooling([PoolingMode.Mean], true).Pool(actual.Slice((start - first) * width, count * width), 0, width, mean);
            AssertClose(reference, mean, tolerance, what);
        }
        else if (expected.Shape.Length == 3)
        {
            count = Math.Min(count, (int)expected.Shape[1] - start);
            AssertClose(
                reference.Slice(start * width, count * width), actual.Slice((start - first) * width, count * width), tolerance, what);
        }
        else
        {
            AssertClose(reference, actual, tolerance, what);
        }
    }

    private static string GraphOutput(string name) => name == "output.mean_pooled" ? "last_hidden_state"
        : name["output.".Length..].Replace(".first_token", string.Empty, StringComparison.Ordinal)
            .Replace(".first8", string.Empty, StringComparison.Ordinal);

    // A network may need token types that the case does not give: zeros.
    private static long[] Gather(Tensor? input, int[] rows, int first, int length)
    {
        var values = new long[rows.Length * length];
        for (var i = 0; i < rows.Length && input is not null; i++)
        {
            var row = Row(input, rows[i]).Slice(first, length);
            for (var j = 0; j < length; j++)
            {
                values[(i * length) + j] = (long)row[j];
            }
        }

        return values;
    }
}
