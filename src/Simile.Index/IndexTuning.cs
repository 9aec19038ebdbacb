namespace Simile.Index;

/// <summary>The result of <see cref="VectorIndex.Tune"/>.</summary>
/// <param name="Setting">The chosen setting, <c>Ef</c> or <c>NProbe</c>; empty if the index is exact.</param>
/// <param name="Value">Its value, which is now set.</param>
/// <param name="Recall">The share of exact nearest neighbors found with it, over the queries.</param>
/// <param name="QueriesPerSecond">Queries per second on one thread, measured on this machine.</param>
public sealed record IndexTuning(string Setting, int Value, double Recall, double QueriesPerSecond);
