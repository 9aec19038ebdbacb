namespace Simile.Models.Architectures;

/// <summary>A value of the graph that is a picture of features: [batch, channels, height, width].</summary>
/// <param name="Value">Its name.</param>
/// <param name="Channels">Its channels.</param>
internal readonly record struct FeatureMap(string Value, long Channels);
