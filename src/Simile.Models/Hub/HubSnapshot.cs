namespace Simile.Models;

/// <summary>A model that was pulled.</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="Commit">The commit that the revision resolves to.</param>
/// <param name="Folder">The folder in the cache, which every Load takes.</param>
/// <param name="Files">Number of requested files.</param>
/// <param name="Bytes">Their lengths together.</param>
/// <param name="Transferred">Bytes received over the network; 0 if the cache had all files.</param>
public sealed record HubSnapshot(string Name, string Commit, string Folder, int Files, long Bytes, long Transferred);
