namespace Simile.Models.Text;

/// <summary>Texts that a model expects before its input, by name ("query", "document").</summary>
internal sealed record Prompts(IReadOnlyDictionary<string, string> ByName, string? Default)
{
    private static readonly string[] DocumentNames = ["document", "passage", "corpus"];

    /// <summary>A model without prompts.</summary>
    public static Prompts None { get; } = new(new Dictionary<string, string>(), null);

    /// <summary>The name of the query prompt; null if there is none.</summary>
    public string? ForQueries => ByName.ContainsKey("query") ? "query" : null;

    /// <summary>The name of the document prompt; null if there is none.</summary>
    public string? ForDocuments => Array.Find(DocumentNames, ByName.ContainsKey);

    /// <summary>The text of a prompt. If <paramref name="name"/> is null, the default prompt, or an empty text.</summary>
    /// <exception cref="ArgumentException">The model has no prompt of this name.</exception>
    public string Text(string? name)
    {
        name ??= Default;
        if (name is null)
        {
            return string.Empty;
        }

        return ByName.TryGetValue(name, out var text) ? text : throw new ArgumentException(
            ByName.Count == 0
                ? $"The model has no prompt \"{name}\": it has no prompts."
                : $"The model has no prompt \"{name}\"; it has {string.Join(", ", ByName.Keys)}.");
    }
}
