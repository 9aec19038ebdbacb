using System.Text;
using Simile.Documents;
using Simile.Documents.Readers;
using Simile.Sync;
using Simile.Testing;

namespace Simile.Tests.Documents;

public sealed class DocumentReaderTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    private static DocumentText Read(byte[] file, string name = "file.txt") =>
        (BuiltInReaders.Of(file, MediaType.Of(name)) ?? throw new InvalidOperationException("It was not taken for a document."))(
            file, default);

    private static string[] Lines(DocumentText text) =>
        [.. text.Parts.SelectMany(part => part.Blocks.Select(
            block => $"{part.Place?.Kind} {part.Place?.Name} {block.Kind}: {block.Text.ReplaceLineEndings("\n")}".Trim()))];

    private static string Paragraph(string text, string properties = "") =>
        $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    [Fact]
    public void Word_gives_headings_paragraphs_tables_and_pages()
    {
        var file = DocumentFiles.Docx(
            Paragraph("Birds", "<w:pStyle w:val='berschrift1'/>")
            + "<w:p><w:r><w:t xml:space='preserve'>The ostrich </w:t></w:r><w:r><w:delText>never </w:delText></w:r><w:r><w:t>cannot "
            + "fly.</w:t></w:r></w:p>"
            + $"<w:tbl><w:tr><w:tc>{Paragraph("bird")}</w:tc><w:tc>{Paragraph("speed")}</w:tc></w:tr><w:tr>"
            + $"<w:tc>{Paragraph("ostrich")}</w:tc><w:tc>{Paragraph("70")}</w:tc></w:tr></w:tbl>"
            + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Penguins swim.</w:t></w:r></w:p>");
        Assert.Equal(
            [
                "page 1 Heading: Birds",
                "page 1 Prose: The ostrich cannot fly.",
                "page 1 Row: bird: ostrich\nspeed: 70",
                "page 2 Prose: Penguins swim.",
            ],
            Lines(Read(file)));
    }

    [Fact]
    public void Slides_are_in_the_order_of_the_presentation()
    {
        var file = DocumentFiles.Pptx(
            "<p:sp><p:nvPr><p:ph type='title'/></p:nvPr><a:p><a:r><a:t>Birds</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>The ostrich "
            + "</a:t></a:r><a:r><a:t>cannot fly.</a:t></a:r></a:p></p:sp><p:sp><p:nvPr><p:ph type='sldNum'/></p:nvPr><a:p><a:r><a:t>1</a:t>"
            + "</a:r></a:p></p:sp>",
            "<a:tbl><a:tr><a:tc><a:p><a:t>bird</a:t></a:p></a:tc><a:tc><a:p><a:t>home</a:t></a:p></a:tc></a:tr><a:tr><a:tc><a:p>"
            + "<a:t>penguin</a:t></a:p></a:tc><a:tc><a:p><a:t>ice</a:t></a:p></a:tc></a:tr></a:tbl>");
        Assert.Equal(
            ["slide 1 Heading: Birds", "slide 1 Prose: The ostrich cannot fly.", "slide 2 Row: bird: penguin\nhome: ice"],
            Lines(Read(file)));
    }

    [Fact]
    public void Sheets_give_rows_with_their_columns_dates_and_shared_texts()
    {
        var file = DocumentFiles.Xlsx(
            "Prices",
            "<row><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>day</t></is></c></row><row><c r='A2' t='s'><v>1</v></c><c "
            + "r='C2' s='1'><v>45000</v></c></row><row><c r='B3'><v>3.10</v></c></row>",
            "<si><t>what</t></si><si><r><t>green </t></r><r><t>tea</t></r><rPh><t>x</t></rPh></si>");
        Assert.Equal(["sheet Prices Row: what: green tea\nday: 2023-03-15", "sheet Prices Row: 3.1"], Lines(Read(file)));
    }

    [Fact]
    public void A_book_gives_its_chapters()
    {
        var file = DocumentFiles.Epub("<h1>One</h1><p>The ostrich cannot&#160;fly.</p>", "<p>Penguins swim.</p>");
        Assert.Equal(
            [
                "part OEBPS/text/chapter 0.xhtml Heading: One",
                "part OEBPS/text/chapter 0.xhtml Prose: The ostrich cannot\u00A0fly.",
                "part OEBPS/text/chapter 1.xhtml Prose: Penguins swim.",
            ],
            Lines(Read(file)));
    }

    [Fact]
    public void OpenDocument_texts_and_sheets_are_read()
    {
        const string Namespaces = "xmlns:text='text' xmlns:table='table' xmlns:office='office'";
        var text = DocumentFiles.Zip(
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml",
                $"<office:d {Namespaces}><text:h>Birds</text:h><text:p>The<text:s/>ostrich cannot <text:span>fly</text:span>.</text:p>"
                + "</office:d>"));
        Assert.Equal(["Heading: Birds", "Prose: The ostrich cannot fly."], Lines(Read(text)));
        var sheet = DocumentFiles.Zip(
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml",
                $"<office:d {Namespaces}><table:table table:name='Prices'><table:table-row><table:table-cell><text:p>what</text:p>"
                + "</table:table-cell><table:table-cell><text:p>cost</text:p></table:table-cell></table:table-row><table:table-row>"
                + "<table:table-cell><text:p>tea</text:p></table:table-cell><table:table-cell><text:p>3</text:p></table:table-cell>"
                + "</table:table-row></table:table></office:d>"));
        Assert.Equal(["sheet Prices Row: what: tea\ncost: 3"], Lines(Read(sheet)));
    }

    [Fact]
    public void A_pdf_gives_its_pages_and_words_that_were_parted_are_whole() =>
        Assert.Equal(
            ["page 1 Prose: The ostrich cannot fly.", "page 3 Prose: Penguins are swim\nmers of the sea."],
            Lines(Read(DocumentFiles.Pdf("The ostrich cannot fly.", string.Empty, "Penguins are swim\nmers of the sea."))));

    [Fact]
    public void Mails_give_subject_text_and_attachments()
    {
        var attachment = Convert.ToBase64String(DocumentFiles.Docx(Paragraph("Penguins swim.")));
        var mail = $"From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: =?utf-8?B?{Convert.ToBase64String("Vögel"u8)}?=\r\n"
            + "Message-ID: <1@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + "Der Strau=DF kann nicht fliegen.\r\n"
            + "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.docx\r\n"
            + $"Content-Transfer-Encoding: base64\r\n\r\n{attachment}\r\n--b--\r\n";
        string[] expected =
        [
            "Heading: Vögel",
            "Prose: Der Strauß kann nicht fliegen.",
            "Row: From: \"Ann\" <ann@example.org>\nTo: bob@example.org",
            "attachment a.docx Prose: Penguins swim.",
        ];
        Assert.Equal(expected, Lines(Read(Encoding.UTF8.GetBytes(mail), "x.eml")));
        Assert.Equal(expected, Lines(Read(Encoding.UTF8.GetBytes(mail), "x.txt")));
        var box = Encoding.UTF8.GetBytes($"From ann Mon Jan 1 00:00:00 2024\r\n{mail}\r\nFrom ann Mon Jan 1 00:00:00 2024\r\n{mail}");
        Assert.Equal(["1", "2"], Read(box, "x.mbox").Parts.Where(part => part.Place?.Kind == "message").Select(part => part.Place!.Name));
        Assert.False(MailReader.Is("Title: my notes\nDate: today\n\nText"u8));
    }

    [Theory]
    [InlineData(
        @"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title unseen}}Caf\'e9 \b bold\b0 .\par Second \{line\}\par}",
        "Prose: Café bold.|Prose: Second {line}")]
    [InlineData(@"{\rtf1\ansi\uc1 \u1055?\u1090?\u1080?\u1094?\u1099? {\*\unknown x}fly\par}", "Prose: Птицы fly")]
    [InlineData(@"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 B;}}\f1\'c4\'f1\f0  bird\par}", "Prose: 鸟 bird")]
    [InlineData(@"{\rtf1\ansi\trowd what\cell cost\cell\row\trowd tea\cell 3\cell\row\pard end\par}", "Row: what: tea\ncost: 3|Prose: end")]
    [InlineData(@"{\rtf1\ansi seen{\v hidden} too{\pict 0102}\bin3 {}} .", "Prose: seen too .")]
    public void Rich_text_is_read(string rtf, string expected) =>
        Assert.Equal(expected.Split('|'), Lines(Read(Encoding.Latin1.GetBytes(rtf), "x.rtf")));

    [Fact]
    public void What_has_no_text_to_read_is_named_as_such()
    {
        var scanned = Assert.Throws<InvalidDataException>(() => Read(DocumentFiles.Pdf(string.Empty, string.Empty)));
        Assert.Contains("OCR", scanned.Message, StringComparison.Ordinal);
        var drm = DocumentFiles.Zip(
            ("META-INF/container.xml", "<a/>"), ("META-INF/encryption.xml", "<e><CipherReference URI='OEBPS/a.xhtml'/></e>"));
        Assert.Contains("encrypted", Assert.Throws<InvalidDataException>(() => Read(drm)).Message, StringComparison.Ordinal);
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("EncryptedPackage")];
        Assert.Contains("encrypted", TextDecoder.Decode(ole).Refusal, StringComparison.Ordinal);
        Assert.Contains(
            "archive",
            Assert.Throws<InvalidDataException>(() => Read(DocumentFiles.Zip(("a.txt", "x")))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bombs_entities_and_nesting_are_bounded()
    {
        var bomb = DocumentFiles.Zip(("word/document.xml", "<d>" + new string(' ', 300 << 20) + "</d>"));
        Assert.Contains("256 MB", Assert.Throws<InvalidDataException>(() => Read(bomb)).Message, StringComparison.Ordinal);
        var laughs = DocumentFiles.Zip(("word/document.xml",
            "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><d><p><t>&b;&x;</t></p></d>"));
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Read(laughs)).Message, StringComparison.Ordinal);
        var deep = DocumentFiles.Zip(("word/document.xml",
            $"<d>{string.Concat(Enumerable.Repeat("<tbl>", 50_000))}{string.Concat(Enumerable.Repeat("</tbl>", 50_000))}</d>"));
        Assert.Empty(Lines(Read(deep)));
        Assert.Contains(
            "nested",
            Assert.Throws<InvalidDataException>(() => Read(Encoding.ASCII.GetBytes(@"{\rtf" + new string('{', 20_000)))).Message,
            StringComparison.Ordinal);
        Assert.Contains("seconds", Assert.Throws<InvalidDataException>(() =>
            TimeLimit.Run(TimeSpan.FromMilliseconds(50), stop => stop.WaitHandle.WaitOne(), default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_documents_are_refused_and_nothing_else_is_thrown()
    {
        byte[][] files =
        [
            DocumentFiles.Docx(Paragraph("The ostrich cannot fly.")),
            DocumentFiles.Pptx("<p:sp><a:p><a:t>One.</a:t></a:p></p:sp>"),
            DocumentFiles.Xlsx("S", "<row><c><v>1</v></c></row>"),
            DocumentFiles.Epub("<p>One.</p>"),
            DocumentFiles.Pdf("The ostrich cannot fly."),
            Encoding.ASCII.GetBytes(@"{\rtf1\ansi{\fonttbl{\f0 A;}}One \u12?\'e9\par}"),
            Encoding.ASCII.GetBytes(
                "From: a@b\nTo: c@d\nMessage-ID: <1>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nOne.\n--b--\n"),
        ];
        var random = new Random(11);
        for (var i = 0; i < 700; i++)
        {
            var file = files[i % files.Length].ToArray();
            for (var changes = random.Next(1, 12); changes > 0; changes--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            var cut = file.AsSpan(0, random.Next(3) == 0 ? random.Next(file.Length) : file.Length).ToArray();
            if (BuiltInReaders.Of(cut, MediaType.PlainText) is not { } reader)
            {
                continue;
            }

            try
            {
                reader(cut, default);
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith("it", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Hits_name_the_page_and_keep_it_in_copies_and_new_runs()
    {
        _workshop.Write("birds.pdf", DocumentFiles.Pdf("The ostrich cannot fly.", "A penguin swims in the water."));
        _workshop.Index();
        _workshop.Write("copy.pdf", File.ReadAllBytes(_workshop.In("birds.pdf")));
        Assert.Equal(0, _workshop.Index().Embedded);
        var hits = _workshop.Search("penguin swims water", 2);
        Assert.All(hits, hit => Assert.Equal((new DocumentPlace("page", "2"), 1), (hit.Place, hit.Line)));
        File.Delete(_workshop.In("birds.pdf"));
        File.Delete(_workshop.In("copy.pdf"));
        _workshop.Index();
        Assert.Equal("0", _workshop.Ask("SELECT count(*) FROM parts"));
    }

    [Fact]
    public void A_reader_of_ones_own_goes_before_those_of_Simile()
    {
        _workshop.Write("a.xyz", [0, 1, 2, 3]);
        using var store = Simile.Storage.Store.OpenTemporary();
        var report = _workshop.Index(store, new SyncOptions { Readers = [new XyzReader()] });
        Assert.Equal((1, 0), (report.Passages, report.Skipped.Count));
        Assert.Equal("read by hand", Assert.Single(report.Remarks).Text);
    }

    [Fact]
    public void Parts_are_never_joined()
    {
        var text = new DocumentText(
        [
            new DocumentPart(new("page", "1"), [new(BlockKind.Prose, "tea"), new(BlockKind.Heading, "Ice")]),
            new DocumentPart(new("page", "2"), [new(BlockKind.Prose, "sea")]),
        ]);
        var passages = new Simile.Passages.PassageSplitter(text => Workshop.Tokenizer.CountTokens(text, addSpecialTokens: false), 64)
            .Split(Document.Of(text));
        Assert.Equal([("tea\n\nIce", 1), ("sea", 1)], passages.Select(passage => (passage.Text, passage.Line)));
    }

    private sealed class XyzReader : IDocumentReader
    {
        public string Recipe => "xyz 1";

        public bool Reads(string path, ReadOnlySpan<byte> head) => path.EndsWith(".xyz", StringComparison.Ordinal) && head[1] == 1;

        public DocumentText Read(ReadOnlyMemory<byte> file, string path, CancellationToken cancellationToken) =>
            new([new DocumentPart(null, [new DocumentBlock(BlockKind.Prose, "Tea is hot.")])]) { Remark = "read by hand" };
    }
}
