using System.Text;
using Simile.Documents;

namespace Extensions;

/// <summary>Files of terms and meanings: "GLOSSARY", then lines of term, tab, meaning.</summary>
internal sealed class GlossaryReader : IDocumentReader
{
    public string Recipe => "term and meaning";

    public bool Reads(string path, ReadOnlySpan<byte> head) => head.StartsWith("GLOSSARY\n"u8);

    public DocumentText Read(ReadOnlyMemory<byte> file, string path, CancellationToken cancellationToken) =>
        new([.. Encoding.UTF8.GetString(file.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Entry)]);

    private static DocumentPart Entry(string line, int number) => line.Split('\t') is [var term, var meaning]
        ? new DocumentPart(new DocumentPlace("entry", term), [new DocumentBlock(BlockKind.Row, $"term: {term}\nmeaning: {meaning}")])
        : throw new InvalidDataException($"has an entry {number + 1} without a meaning");
}
