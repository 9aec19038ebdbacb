namespace Simile.Models.Text;

/// <summary>Texts that a model wants in front of its input, by name ("query", "document").</summary>
internal sealed record Prompts(IReadOnlyDictionary<string, string> ByName, string? Default)
{
    private static readonly string[] DocumentNames = ["document", "passage", "corpus"];

    /// <summary>A model without prompts.</summary>
    public static Prompts None { get; } = new(new Dictionary<string, string>(), null);

    /// <summary>The name of the prompt for questions; null where there is none.</summary>
    public string? ForQueries => ByName.ContainsKey("query") ? "query" : null;

    /// <summary>The name of the prompt for texts that are searched; null where there is none.</summary>
    public string? ForDocuments => Array.Find(DocumentNames, ByName.ContainsKey);

    /// <summary>The text of a prompt; of the default one, or nothing, where <paramref name="name"/> is null.</summary>
    /// <exception cref="ArgumentException">The model has no prompt of this name.</exception>
    public string Text(string? name)
    {
        name ??= Default;
        if (name is null)
        {
            return string.Empty;
        }

        return ByName.TryGetValue(name, out var text) ? text : throw new ArgumentException(
            ByName.Count == 0 ? $"The model has no prompt \"{name}\": it has none at all." : $"The model has no prompt \"{name}\"; it has {string.Join(", ", ByName.Keys)}.");
    }
}
