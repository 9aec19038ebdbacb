namespace Simile.Sync.Walk;

/// <summary>A name that was found in a folder.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Path">The full path, as people read it.</param>
/// <param name="Sort">What it stands for; links are not followed.</param>
internal sealed record FoundEntry(string Name, string Path, FileSort Sort)
{
    /// <summary>The path in bytes, ended by a zero, where it is not UTF-8; otherwise null.</summary>
    public byte[]? Raw { get; init; }
}
