namespace Simile.Index;

/// <summary>What <see cref="VectorIndex.Tune"/> found.</summary>
/// <param name="Setting">The setting that was chosen, <c>Ef</c> or <c>NProbe</c>; empty where the index has none because it is exact.</param>
/// <param name="Value">Its value; the index has it now.</param>
/// <param name="Recall">Share of the exact nearest that were found with it, over the queries.</param>
/// <param name="QueriesPerSecond">On one thread, on this machine, now.</param>
public sealed record IndexTuning(string Setting, int Value, double Recall, double QueriesPerSecond);
