namespace Simile.Models;

/// <summary>A file of a repository at one commit.</summary>
/// <param name="Path">Its path, with slashes.</param>
/// <param name="Bytes">Its length; null where the hub does not list it.</param>
/// <param name="Etag">SHA-256 of a large file, git's SHA-1 of any other; null where the hub does not list it.</param>
internal sealed record RepositoryFile(string Path, long? Bytes, string? Etag)
{
    /// <summary>Its name.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Its folder; empty for the repository's own.</summary>
    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];
}
