using Microsoft.ML.OnnxRuntime;

namespace Media;

/// <summary>The peer: an exported graph in plain ONNX Runtime, with all cores on one input at a time.</summary>
internal sealed class RawNetwork(string path) : IDisposable
{
    private readonly InferenceSession _session = new(path);

    public void Run(float[] values, params long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [_session.InputNames[0]], [input], [_session.OutputNames[0]]);
    }

    public void Dispose() => _session.Dispose();
}
