namespace Simile.Models;

/// <summary>A sound of a batch that could not be read, or not be heard by the network.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it, a sentence.</param>
public sealed record RefusedSound(int Index, string Path, string Reason);
