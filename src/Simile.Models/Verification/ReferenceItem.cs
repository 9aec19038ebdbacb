namespace Simile.Models.Verification;

/// <summary>What a reference makes of a text or a picture; what it does not say is null.</summary>
/// <param name="Name">The text, or the picture's path as it is written.</param>
/// <param name="ImagePath">The picture's file; null for a text.</param>
/// <param name="Ids">The tokens of the text.</param>
/// <param name="Pixels">The numbers that go into the network, [3, height, width], every <paramref name="Step"/>-th of them.</param>
/// <param name="Step">How many numbers apart they are.</param>
/// <param name="Mean">The mean of all the numbers that go into the network.</param>
/// <param name="Vector">The vector.</param>
internal sealed record ReferenceItem(string Name, string? ImagePath, int[]? Ids, float[]? Pixels, int Step, double? Mean, float[]? Vector);
