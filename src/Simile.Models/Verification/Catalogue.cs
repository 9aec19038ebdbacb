namespace Simile.Models.Verification;

/// <summary>Known models: Verification/Catalogue/*.jsonl, which say how they were made.</summary>
internal static class Catalogue
{
    /// <summary>The entry of a model, by its name or by its weights; null if it is unknown.</summary>
    public static Reference? Find(string model, IReadOnlyCollection<FileDigest> digests)
    {
        var last = model.TrimEnd('/', '\\').Split('/', '\\')[^1];
        var all = All().ToArray();
        return Array.Find(all, kept => kept.Model == model)
            ?? Array.Find(all, kept => kept.Weights is { } weights && digests.Any(digest => digest.Sha256 == weights))
            ?? Array.Find(all, kept => kept.Model!.Split('/')[^1] == last && kept.Model != TextEmbedder.BuiltIn);
    }

    /// <summary>All entries.</summary>
    public static IEnumerable<Reference> All()
    {
        var assembly = typeof(Catalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Reference.Parse(reader, name, AppContext.BaseDirectory);
        }
    }
}
