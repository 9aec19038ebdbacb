namespace Simile.Imaging;

/// <summary>A picture of a batch that could not be read.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it, a sentence.</param>
public sealed record RefusedImage(int Index, string Path, string Reason);
