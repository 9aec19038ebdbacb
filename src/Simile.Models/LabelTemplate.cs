namespace Simile.Models;

/// <summary>Sentences that the names of classes are put into.</summary>
internal static class LabelTemplate
{
    /// <summary>Where the name goes.</summary>
    public const string Place = "{}";

    private const string Photo = "a photo of a {}";
    private const string Sound = "the sound of {}";

    private static readonly string[] Articles = [" a", " an", " the"];

    /// <summary>The sentence for things of a kind where nobody gave one.</summary>
    public static string Of(MediaKind kind) => kind switch
    {
        MediaKind.Image => Photo,
        MediaKind.Sound => Sound,
        _ => Place,
    };

    /// <summary>The sentence with a name in it.</summary>
    public static string Fill(string template, string name) => template.Replace(Place, name, StringComparison.Ordinal);

    /// <summary>Whether a text is such a sentence already: it begins as the template does, whatever the article.</summary>
    public static bool IsFilled(string template, string text)
    {
        var beginning = template[..template.IndexOf(Place, StringComparison.Ordinal)].TrimEnd();
        var article = Articles.FirstOrDefault(article => beginning.EndsWith(article, StringComparison.OrdinalIgnoreCase)) ?? string.Empty;
        beginning = beginning[..^article.Length];
        return beginning.Length > 0 && text.StartsWith(beginning + " ", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Throws where a template has no place for a name.</summary>
    /// <exception cref="ArgumentException">One has none.</exception>
    public static void Require(IReadOnlyList<string> templates)
    {
        if (templates.FirstOrDefault(template => !template.Contains(Place, StringComparison.Ordinal)) is { } wrong)
        {
            throw new ArgumentException($"The template \"{wrong}\" has no {Place} where the label goes.", nameof(templates));
        }
    }
}
