using Simile.Analysis;

namespace Simile.Cli;

/// <summary>Shows how far an analysis is in the line of the terminal.</summary>
internal sealed class StepProgress(ProgressLine line) : IProgress<AnalysisProgress>
{
    public void Report(AnalysisProgress value) => line.Report(value.Step, value.Done, value.Total);
}
