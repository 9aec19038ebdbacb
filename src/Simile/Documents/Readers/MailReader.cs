using System.Globalization;
using MimeKit;

namespace Simile.Documents.Readers;

/// <summary>E-mails and mailboxes: subject, sender, text, and attachments that are texts or documents.</summary>
internal static class MailReader
{
    private const int MostNesting = 20;
    private const int MostMessages = 100_000;

    /// <summary>Whether these first bytes are those of an e-mail, whatever the file's name.</summary>
    public static bool Is(ReadOnlySpan<byte> head)
    {
        var text = System.Text.Encoding.Latin1.GetString(head[..Math.Min(head.Length, 4096)]);
        var isMailbox = text.StartsWith("From ", StringComparison.Ordinal);
        var (fields, isMail) = (0, false);
        foreach (var line in text.Split('\n').Skip(isMailbox ? 1 : 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.Length == 0 || line == "\r")
            {
                break;
            }

            if (line[0] is ' ' or '\t')
            {
                continue;
            }

            if (colon < 1 || line.AsSpan(0, colon).ContainsAny(" \t<>"))
            {
                return false;
            }

            var name = line[..colon].ToLowerInvariant();
            fields += name is "from" or "to" or "date" or "subject" or "cc" or "return-path" or "reply-to" or "content-type" ? 1 : 0;
            isMail |= name is "mime-version" or "message-id" or "received" or "x-mailer" or "delivered-to";
        }

        return fields >= 2 && isMail;
    }

    public static DocumentText Read(ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        var options = new ParserOptions { MaxMimeDepth = MostNesting };
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        var isMailbox = file.Span.StartsWith("From "u8);
        var parser = new MimeParser(options, stream, isMailbox ? MimeFormat.Mbox : MimeFormat.Entity);
        var parts = new List<DocumentPart>();
        var remark = string.Empty;
        try
        {
            for (var number = 1; !parser.IsEndOfStream && number <= MostMessages; number++)
            {
                var place = isMailbox ? new DocumentPlace("message", number.ToString(CultureInfo.InvariantCulture)) : null;
                remark = Read(parser.ParseMessage(stop), place, parts, stop) is { Length: > 0 } said ? said : remark;
            }
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"it is a damaged e-mail ({e.Message.TrimEnd('.')})");
        }

        return new DocumentText(parts) { Remark = remark };
    }

    private static string Read(MimeMessage message, DocumentPlace? place, List<DocumentPart> parts, CancellationToken stop)
    {
        var blocks = new List<DocumentBlock>();
        if (!string.IsNullOrWhiteSpace(message.Subject))
        {
            blocks.Add(new DocumentBlock(BlockKind.Heading, message.Subject.Trim()));
        }

        var isEncrypted = message.Body is { ContentType: var type }
            && (type.IsMimeType("multipart", "encrypted") || type.IsMimeType("application", "pkcs7-mime")
                || type.IsMimeType("application", "x-pkcs7-mime"));
        blocks.AddRange(Body(message));
        string[] header = [$"From: {message.From}", $"To: {message.To}", message.Date == default
            ? string.Empty
            : $"Date: {message.Date:yyyy-MM-dd HH:mm}"];
        blocks.Add(new DocumentBlock(
            BlockKind.Row, string.Join('\n', header.Where(line => line.Length > 0 && !line.EndsWith(": ", StringComparison.Ordinal)))));
        parts.Add(new DocumentPart(place, blocks));
        foreach (var attachment in message.Attachments.OfType<MimePart>())
        {
            Attach(attachment, parts, stop);
        }

        return isEncrypted ? "its text is encrypted; only subject and sender were read" : string.Empty;
    }

    private static IEnumerable<DocumentBlock> Body(MimeMessage message)
    {
        var blocks = message.TextBody is { Length: > 0 } text ? ProseReader.Read(text)
            : message.HtmlBody is { } html ? HtmlReader.Read(html)
            : [];
        return blocks.Select(block => new DocumentBlock(block.Kind, block.Text.ToString()));
    }

    // Unreadable attachments are skipped; the mail itself was read.
    private static void Attach(MimePart attachment, List<DocumentPart> parts, CancellationToken stop)
    {
        if (attachment.Content is null || attachment.FileName is not { Length: > 0 } name
            || MediaType.Kind(MediaType.Of(name)) != Models.MediaKind.Text)
        {
            return;
        }

        using var content = new MemoryStream();
        attachment.Content.DecodeTo(content, stop);
        try
        {
            var document = BuiltInReaders.ReadAny(content.ToArray(), name, stop);
            parts.AddRange(document.Parts.Select(part => new DocumentPart(
                new DocumentPlace("attachment", part.Place is { } place ? $"{name}, {place.Kind} {place.Name}" : name), part.Blocks)));
        }
        catch (InvalidDataException)
        {
        }
    }
}
