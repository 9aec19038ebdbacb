namespace Simile.Storage;

/// <summary>A row of the table files: what is known of a file's content.</summary>
internal sealed record FileRow(string Path, string MediaType, long Size, long Modified, byte[] Hash, string Recipe)
{
    /// <summary>Its key; 0 before it is stored.</summary>
    public long Id { get; init; }

    // The end of the recipe of a file whose items are not all there.
    private const string Part = " part";

    /// <summary>Equal for files that give the same passages.</summary>
    public string ContentKey => $"{Convert.ToHexString(Hash)} {Recipe}";

    /// <summary>The row of the file while only a part of its items is there.</summary>
    public FileRow AsPart() => this with { Recipe = Recipe + Part };
}
