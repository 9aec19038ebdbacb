namespace Simile.Models;

/// <summary>Templates: sentences with a place for a class name.</summary>
internal static class LabelTemplate
{
    /// <summary>The placeholder of the name.</summary>
    public const string Place = "{}";

    private const string Photo = "a photo of a {}";
    private const string Sound = "the sound of {}";

    private static readonly string[] Articles = [" a", " an", " the"];

    /// <summary>The default template for a kind of media.</summary>
    public static string Of(MediaKind kind) => kind switch
    {
        MediaKind.Image => Photo,
        MediaKind.Sound => Sound,
        _ => Place,
    };

    /// <summary>Inserts a name into a template.</summary>
    public static string Fill(string template, string name) => template.Replace(Place, name, StringComparison.Ordinal);

    /// <summary>Whether a text already has the form of the template: the same beginning, with any article.</summary>
    public static bool IsFilled(string template, string text)
    {
        var beginning = template[..template.IndexOf(Place, StringComparison.Ordinal)].TrimEnd();
        var article = Articles.FirstOrDefault(article => beginning.EndsWith(article, StringComparison.OrdinalIgnoreCase)) ?? string.Empty;
        beginning = beginning[..^article.Length];
        return beginning.Length > 0 && text.StartsWith(beginning + " ", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Throws if a template has no placeholder.</summary>
    /// <exception cref="ArgumentException">A template has no placeholder.</exception>
    public static void Require(IReadOnlyList<string> templates)
    {
        if (templates.FirstOrDefault(template => !template.Contains(Place, StringComparison.Ordinal)) is { } wrong)
        {
            throw new ArgumentException($"The template \"{wrong}\" has no {Place} for the label.", nameof(templates));
        }
    }
}
