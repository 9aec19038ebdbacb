using Microsoft.ML.OnnxRuntime;
using Simile.Models.Onnx.Operators;

namespace Simile.Models.Onnx;

/// <summary>Options for running a network.</summary>
internal sealed record OnnxModelOptions
{
    /// <summary>
    /// Threads inside one call. 1 by default, because the batcher gives each core its own batch and avoids the overhead
    /// of splitting every operator.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether ONNX Runtime optimizes the graph. Our text graphs are already fused and load faster without it.</summary>
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
