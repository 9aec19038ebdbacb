namespace Simile.Storage;

/// <summary>A row of the table files: what is known of a file's content.</summary>
internal sealed record FileRow(string Path, string MediaType, long Size, long Modified, byte[] Hash, string Recipe)
{
    /// <summary>Its key; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>Equal for files that give the same passages.</summary>
    public string ContentKey => $"{Convert.ToHexString(Hash)} {Recipe}";
}
