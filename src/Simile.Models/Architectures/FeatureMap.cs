namespace Simile.Models.Architectures;

/// <summary>A feature map in the graph: [batch, channels, height, width].</summary>
/// <param name="Value">Its name.</param>
/// <param name="Channels">Its channels.</param>
internal readonly record struct FeatureMap(string Value, long Channels);
