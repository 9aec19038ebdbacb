namespace Simile.Documents;

/// <summary>Reads the text of files that are not plain text: an own format, or another way to read a supported one.</summary>
/// <remarks>Called from several threads. A reader is abandoned after two minutes, and its file is skipped.</remarks>
public interface IDocumentReader
{
    /// <summary>A word for the reader's version. If it changes, files are read again.</summary>
    string Recipe { get; }

    /// <summary>Whether the reader reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="head">Its first bytes, at most 4,096.</param>
    bool Reads(string path, ReadOnlySpan<byte> head);

    /// <summary>The text of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Its full path, for what its name tells.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or encrypted, or has no text. The message says so as the end of a sentence that begins with "it".
    /// </exception>
    DocumentText Read(ReadOnlyMemory<byte> file, string path, CancellationToken cancellationToken);
}
