namespace Simile.Documents;

/// <summary>Reads the text of files that are no plain text: of a format of your own, or of one that Simile reads, in another way.</summary>
/// <remarks>Asked from several threads at a time. A reader that takes too long is given up after two minutes, and its file is skipped.</remarks>
public interface IDocumentReader
{
    /// <summary>How the reader reads, in a word. When it changes, files are read again.</summary>
    string Recipe { get; }

    /// <summary>Whether the reader reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="head">Its first bytes, at most 4,096.</param>
    bool Reads(string path, ReadOnlySpan<byte> head);

    /// <summary>The text of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Its full path, for what its name tells.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="InvalidDataException">It is damaged or encrypted, or has no text: the message says which, as the end of a sentence that begins with "it".</exception>
    DocumentText Read(ReadOnlyMemory<byte> file, string path, CancellationToken cancellationToken);
}
