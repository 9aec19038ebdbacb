namespace Simile.Evaluations;

/// <summary>A number that an evaluation measured.</summary>
/// <param name="Metric">Its name, such as <c>spearman</c> or <c>ndcg@10</c>.</param>
/// <param name="Value">The number.</param>
public readonly record struct MetricValue(string Metric, double Value);
