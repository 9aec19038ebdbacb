namespace Simile.Documents;

/// <summary>A decoded file and its blocks.</summary>
/// <param name="Text">The whole file without its byte order mark.</param>
/// <param name="Blocks">In the order of the file, not overlapping.</param>
internal sealed record Document(string Text, IReadOnlyList<Block> Blocks)
{
    /// <summary>Another number means that files must be read and cut anew.</summary>
    public const int RecipeVersion = 2;

    /// <summary>Takes a text apart as its media type says.</summary>
    public static Document Read(string text, string mediaType) => new(text, mediaType switch
    {
        MediaType.Markdown => MarkdownReader.Read(text),
        MediaType.Html => HtmlReader.Read(text),
        MediaType.Xhtml => HtmlReader.Read(text, isXml: true),
        MediaType.Csv => CsvReader.Read(text),
        MediaType.Tsv => TsvReader.Read(text),
        MediaType.JsonLines => JsonLinesReader.Read(text),
        MediaType.SourceCode => CodeReader.Read(text),
        _ => ProseReader.Read(text),
    });
}
