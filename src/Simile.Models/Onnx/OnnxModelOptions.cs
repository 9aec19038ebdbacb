using Microsoft.ML.OnnxRuntime;
using Simile.Models.Onnx.Operators;

namespace Simile.Models.Onnx;

/// <summary>How a network is run.</summary>
internal sealed record OnnxModelOptions
{
    /// <summary>
    /// Threads inside one call. 1 by default: the batcher keeps the cores busy with a batch each, without the hand-overs
    /// that splitting every operator costs.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether ONNX Runtime rewrites the graph. Our own text graphs are fused already: they load faster without.</summary>
    public bool Optimize { get; init; }

    internal SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = Optimize ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
            EnableMemoryPattern = false, // shapes change from batch to batch
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        OperatorDomain.AddTo(options);
        return options;
    }
}
