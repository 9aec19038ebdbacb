using Simile.Documents;
using Simile.Documents.Encodings;

namespace Simile.Sync;

/// <summary>How a <see cref="Corpus"/> reads and splits files.</summary>
public sealed record SyncOptions
{
    /// <summary>
    /// Maximum length of a passage in tokens, without special tokens. 128: longer passages mix subjects, and most small models were trained
    /// on shorter ones.
    /// </summary>
    public int MaxTokens { get; init; } = 128;

    /// <summary>Maximum size of a text file in bytes. Larger files are reported and skipped.</summary>
    public long MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Maximum size of a picture or sound file in bytes. Larger files are reported and skipped.</summary>
    public long MaxMediaBytes { get; init; } = 1 << 30;

    /// <summary>Number of passages per call of the embedder, so that it can sort them by length and fill its batches.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>
    /// The encoding of texts without a byte order mark, by its name on the web or in iconv; null to detect it for each file.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// Whether to read files that are ignored (.gitignore, .ignore, .simileignore) or generated, and folders such as node_modules.
    /// </summary>
    public bool ReadIgnored { get; init; }

    /// <summary>Whether to read files and folders whose names start with a dot.</summary>
    public bool ReadHidden { get; init; }

    /// <summary>Additional document readers in order. They take precedence over Simile's.</summary>
    public IReadOnlyList<IDocumentReader> Readers { get; init; } = [];

    /// <summary>Whether a name is a known encoding.</summary>
    public static bool KnowsEncoding(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TextEncodings.Named(name) is not null;
    }

    /// <summary>Throws if an option is invalid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The encoding is unknown.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMediaBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (Encoding is not null && !KnowsEncoding(Encoding))
        {
            throw new ArgumentException(
                $"The encoding {Encoding} is unknown: use a name of iconv, such as utf-8, gb18030, shift_jis, euc-kr or windows-1251.");
        }
    }
}
