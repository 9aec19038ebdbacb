namespace Simile.Models;

/// <summary>A model that was pulled.</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="Commit">The commit that its branch, tag or commit stands for.</param>
/// <param name="Folder">The folder in the cache, which every Load takes.</param>
/// <param name="Files">How many files it was asked for.</param>
/// <param name="Bytes">Their lengths together.</param>
/// <param name="Transferred">Bytes that came over the network; 0 where all was there.</param>
public sealed record HubSnapshot(string Name, string Commit, string Folder, int Files, long Bytes, long Transferred);
