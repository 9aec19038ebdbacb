namespace Simile.Sync.Walk;

/// <summary>An entry of a folder.</summary>
/// <param name="Name">Its name for display.</param>
/// <param name="Path">Its full path for display.</param>
/// <param name="Sort">Its type. Links are not followed.</param>
internal sealed record FoundEntry(string Name, string Path, FileSort Sort)
{
    /// <summary>The path in bytes, zero-terminated, if it is not UTF-8; otherwise null.</summary>
    public byte[]? Raw { get; init; }
}
