using Simile.Documents;
using Simile.Documents.Encodings;

namespace Simile.Sync;

/// <summary>How a <see cref="Corpus"/> reads and cuts files.</summary>
public sealed record SyncOptions
{
    /// <summary>Longest passage in tokens, without special tokens. 128: longer passages mix subjects, and most small models were trained on shorter ones.</summary>
    public int MaxTokens { get; init; } = 128;

    /// <summary>Largest text file in bytes; larger ones are reported and skipped.</summary>
    public long MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Largest file of a picture or sound in bytes; larger ones are reported and skipped.</summary>
    public long MaxMediaBytes { get; init; } = 1 << 30;

    /// <summary>Passages given to the embedder at once, so that it can sort them by length and fill its batches.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>The encoding of texts that have no byte order mark, by its name on the web or of iconv; null where each file is to tell.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether files are read that .gitignore, .ignore and .simileignore name, that a program wrote, and folders such as node_modules.</summary>
    public bool ReadIgnored { get; init; }

    /// <summary>Whether files and folders are read whose names begin with a dot.</summary>
    public bool ReadHidden { get; init; }

    /// <summary>Readers of documents that are asked before those of Simile, in their order.</summary>
    public IReadOnlyList<IDocumentReader> Readers { get; init; } = [];

    /// <summary>Whether there is an encoding of a name.</summary>
    public static bool KnowsEncoding(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TextEncodings.Named(name) is not null;
    }

    /// <summary>Throws where a value cannot work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no encoding of that name.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMediaBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (Encoding is not null && !KnowsEncoding(Encoding))
        {
            throw new ArgumentException($"There is no encoding {Encoding}: name one as iconv does, such as utf-8, gb18030, shift_jis, euc-kr or windows-1251.");
        }
    }
}
