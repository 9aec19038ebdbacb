namespace Simile.Storage;

/// <summary>A row of the table files: a file and its content.</summary>
internal sealed record FileRow(string Path, string MediaType, long Size, long Modified, byte[] Hash, string Recipe)
{
    /// <summary>Its key; 0 before it is stored.</summary>
    public long Id { get; init; }

    // Marks the recipe of a file whose items are incomplete.
    private const string Part = " part";

    /// <summary>Equal for files that give the same passages.</summary>
    public string ContentKey => $"{Convert.ToHexString(Hash)} {Recipe}";

    /// <summary>The row of a file while only some of its items are stored.</summary>
    public FileRow AsPart() => this with { Recipe = Recipe + Part };
}
