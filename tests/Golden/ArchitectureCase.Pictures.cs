using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Golden;

/// <content>Networks for pictures and sound: every input as given, and each row alone.</content>
internal static partial class ArchitectureCase
{
    private static void CheckPictures(string folder, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var model = ImageNetwork.Build(config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), Wanted(io));
        CheckNumbers(model, io, tolerance);
    }

    private static void CheckSounds(string folder, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var model = SoundNetwork.Build(config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), Wanted(io));
        CheckNumbers(model, io, tolerance);
    }

    /// <summary>Runs the inputs that the network takes, whole and row by row, and compares every output.</summary>
    private static void CheckNumbers(OnnxModel model, Checkpoint io, float tolerance)
    {
        var rows = (int)io["input." + model.Inputs[0]].Shape[0];
        CheckNumbers(model, io, [.. Enumerable.Range(0, rows)], tolerance);
        for (var row = 0; row < rows; row++)
        {
            CheckNumbers(model, io, [row], tolerance);
        }

        CheckMasked(model, io, tolerance);
    }

    private static void CheckNumbers(OnnxModel model, Checkpoint io, int[] rows, float tolerance)
    {
        var values = model.Inputs.Select(name => Rows(io, name, io["input." + model.Inputs[0]], rows)).ToArray();
        var outputs = model.Outputs.ToArray();
        using var results = model.Run(model.Inputs, values, outputs);
        foreach (var name in OutputNames(io).Where(name => outputs.Contains(GraphOutput(name))))
        {
            var actual = results[Array.IndexOf(outputs, GraphOutput(name))].GetTensorDataAsSpan<float>();
            var size = actual.Length / rows.Length;
            for (var i = 0; i < rows.Length; i++)
            {
                // Positions after the end of a row's sound, text or picture are not compared.
                var expected = Row(io[name], rows[i]);
                var kept = expected.Length / Places(io[name]) * Valid(io, name, rows[i]);
                AssertClose(expected[..kept], actual.Slice(i * size, kept), tolerance, $"{name}, row {rows[i]}");
            }
        }
    }

    private static int Places(Tensor output) => output.Shape.Length == 3 ? (int)output.Shape[1] : 1;

    // The valid positions of an output (of the first eight, if it is cut to them).
    private static int Valid(Checkpoint io, string output, int row)
    {
        var places = Places(io[output]);
        var mask =
            io.Find(output.Contains("vision_last", StringComparison.Ordinal) ? "input.pixel_attention_mask" : "input.attention_mask");
        if (mask is null || places == 1)
        {
            return places;
        }

        var kept = 0;
        foreach (var value in Row(mask, row))
        {
            kept += (int)value;
        }

        // There are fewer frames than samples.
        var isCut = output.EndsWith(".first8", StringComparison.Ordinal) || places == mask.Shape[1];
        return isCut ? Math.Min(kept, places) : (int)(kept * places / mask.Shape[1]);
    }

    private static OrtValue Rows(Checkpoint io, string name, Tensor first, int[] rows)
    {
        var input = io.Find("input." + name);
        long[] shape = [rows.Length, .. (input ?? first).Shape.AsSpan(1)];
        var values = input is null
            ? [.. Enumerable.Repeat(1f, (int)shape.Aggregate(1L, (a, b) => a * b))]
            : rows.SelectMany(row => Row(input, row).ToArray()).ToArray();
        return (input?.Type ?? DType.I64) switch
        {
            DType.F32 => OrtValue.CreateTensorValueFromMemory(values, shape),
            DType.I32 => OrtValue.CreateTensorValueFromMemory(values.Select(v => (int)v).ToArray(), shape),
            _ => OrtValue.CreateTensorValueFromMemory(values.Select(v => (long)v).ToArray(), shape),
        };
    }
}
