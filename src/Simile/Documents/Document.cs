using System.Text;

namespace Simile.Documents;

/// <summary>A decoded file and its blocks.</summary>
/// <param name="Text">The whole file without a byte order mark; for documents, the extracted text.</param>
/// <param name="Blocks">In file order, without overlaps.</param>
internal sealed record Document(string Text, IReadOnlyList<Block> Blocks)
{
    /// <summary>A changed number means that files must be read and split again.</summary>
    public const int RecipeVersion = 2;

    private const int LargestText = 64 << 20;

    /// <summary>Starts of the document's parts in <see cref="Text"/>; empty for a text without parts.</summary>
    public IReadOnlyList<PartMark> Parts { get; init; } = [];

    /// <summary>Splits a text into blocks according to its media type.</summary>
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

    /// <summary>Joins the blocks of a document with empty lines.</summary>
    /// <exception cref="InvalidDataException">The document has too much text.</exception>
    public static Document Of(DocumentText document)
    {
        var text = new StringBuilder();
        var places = new List<(BlockKind Kind, int Start, int End, PartMark? Part)>();
        var parts = new List<PartMark>();
        foreach (var part in document.Parts)
        {
            var mark = part.Place is { } place ? new PartMark(text.Length, place) : null;
            foreach (var block in part.Blocks.Where(block => !string.IsNullOrWhiteSpace(block.Text)))
            {
                var content = block.Text.Replace('\0', '\uFFFD').Trim();
                places.Add((block.Kind, text.Length, text.Length + content.Length, mark));
                text.Append(content).Append("\n\n");
            }

            if (mark is not null)
            {
                parts.Add(mark);
            }

            if (text.Length > LargestText)
            {
                throw new InvalidDataException("it has more than 64 MB of text: split it");
            }
        }

        var whole = text.ToString();
        return new Document(
            whole, [.. places.Select(place => Block.Slice(place.Kind, whole, place.Start, place.End) with { Part = place.Part })])
        {
            Parts = parts,
        };
    }
}
