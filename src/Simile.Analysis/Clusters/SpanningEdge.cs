namespace Simile.Analysis;

/// <summary>An edge of a spanning tree.</summary>
/// <param name="A">A row.</param>
/// <param name="B">Another row.</param>
/// <param name="Weight">Their mutual reachability: the maximum of their distance and both core distances.</param>
public readonly record struct SpanningEdge(int A, int B, float Weight);
