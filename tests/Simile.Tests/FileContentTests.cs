using System.Text;
using Simile.Testing;

namespace Simile.Tests;

public sealed class FileContentTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_text_is_one_part_and_a_mail_its_parts_and_lines_of_passages_are_counted_in_them()
    {
        var text = Write("a.txt", "one\ntwo\n");
        Assert.Equal([new FilePart(null, "one\ntwo\n")], FileContent.ReadParts(text));

        var mail = Write("b.eml", "From: a@example.com\nSubject: Tea\nContent-Type: text/plain\n\nTea is hot.\n");
        Assert.Contains("Tea is hot.", string.Concat(FileContent.ReadParts(mail).Select(part => part.Text)), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Content-Type", string.Concat(FileContent.ReadParts(mail).Select(part => part.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_is_said_with_its_path()
    {
        var path = Write("a.pdf", "%PDF-1.7 and nothing else");
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => FileContent.ReadParts(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => FileContent.ReadParts(Path.Combine(_folder, "none.txt")));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
