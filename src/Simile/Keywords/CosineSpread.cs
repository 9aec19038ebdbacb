namespace Simile.Keywords;

/// <summary>How the cosines of a query are spread over the items of a kind.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Best">The greatest.</param>
/// <param name="Second">The second greatest; with a single item, the greatest.</param>
internal readonly record struct CosineSpread(double Mean, double Deviation, double Best, double Second);
