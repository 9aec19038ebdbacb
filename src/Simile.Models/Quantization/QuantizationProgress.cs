namespace Simile.Models;

/// <summary>How many tensors <see cref="ModelQuantizer"/> has written.</summary>
/// <param name="Done">Number of written tensors.</param>
/// <param name="Total">Number of all tensors.</param>
public sealed record QuantizationProgress(int Done, int Total);
