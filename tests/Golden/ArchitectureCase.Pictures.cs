using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Golden;

/// <content>Networks that take pictures or sound: every input as given, and each row alone.</content>
internal static partial class ArchitectureCase
{
    private static void CheckPictures(string folder, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var model = ImageNetwork.Build(config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), Wanted(io));
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
    }

    private static void CheckNumbers(OnnxModel model, Checkpoint io, int[] rows, float tolerance)
    {
        var values = model.Inputs.Select(name => Rows(io["input." + name], rows)).ToArray();
        var outputs = model.Outputs.ToArray();
        using var results = model.Run(model.Inputs, values, outputs);
        foreach (var name in OutputNames(io).Where(name => outputs.Contains(GraphOutput(name))))
        {
            var actual = results[Array.IndexOf(outputs, GraphOutput(name))].GetTensorDataAsSpan<float>();
            var expected = rows.SelectMany(row => Row(io[name], row).ToArray()).ToArray();
            AssertClose(expected, actual, tolerance, $"{name}, rows {string.Join(", ", rows)}");
        }
    }

    private static OrtValue Rows(Tensor input, int[] rows)
    {
        var values = rows.SelectMany(row => Row(input, row).ToArray()).ToArray();
        return OrtValue.CreateTensorValueFromMemory(values, [rows.Length, .. input.Shape.AsSpan(1)]);
    }
}
