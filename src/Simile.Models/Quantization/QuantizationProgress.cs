namespace Simile.Models;

/// <summary>How far a quantisation is.</summary>
/// <param name="Done">Tensors that are written.</param>
/// <param name="Total">All tensors.</param>
public sealed record QuantizationProgress(int Done, int Total);
