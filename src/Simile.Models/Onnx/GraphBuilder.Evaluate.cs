namespace Simile.Models.Onnx;

internal sealed partial class GraphBuilder
{
    /// <summary>Computes float32 values that depend only on constants. The graph must not be used afterwards.</summary>
    public float[][] Evaluate(params string[] values)
    {
        foreach (var value in values)
        {
            Output("out." + value, value, TensorElementType.Float);
        }

        using var model = Build(new OnnxModelOptions { Threads = Environment.ProcessorCount });
        using var results = model.Run([], [], model.Outputs);
        return [.. results.Select(r => r.GetTensorDataAsSpan<float>().ToArray())];
    }
}
