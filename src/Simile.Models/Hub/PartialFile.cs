using System.Globalization;
using System.Security.Cryptography;

namespace Simile.Models;

/// <summary>
/// An incomplete file of the cache, <c>ETAG.incomplete</c>. Data is appended, and the file gets its final name after its hash is verified.
/// </summary>
/// <remarks>Only for the holder of the file's lock. Resumes a file that a killed process or the Python client left.</remarks>
internal sealed class PartialFile : IDisposable
{
    private const int BufferBytes = 1 << 17;
    private const int Sha256Digits = 64;
    private const int Sha1Digits = 40;
    private readonly FileStream _stream;
    private readonly string _blob;
    private readonly string _etag;
    private IncrementalHash? _hash;

    public PartialFile(string blob, RepositoryFile file)
    {
        (_blob, _etag, Expected) = (blob, file.Etag!, file.Bytes);
        _stream = new FileStream(blob + ".incomplete", new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });
    }

    /// <summary>The length that the hub announced; null where it did not.</summary>
    public long? Expected { get; private set; }

    /// <summary>Bytes received so far.</summary>
    public long Length => _stream.Position;

    /// <summary>Whether all bytes are received.</summary>
    public bool IsFull => Length == Expected;

    /// <summary>Sets the length from the response, if the hub announced none. The hash of a small file starts with the length.</summary>
    public void Expect(long? length)
    {
        if (Expected is null && length is not null)
        {
            Expected = length;
            Clear();
        }
    }

    /// <summary>Continues after the bytes received so far; drops them if they are more than the expected length.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (_stream.Length > Expected || Expected is null)
        {
            Clear();
            return;
        }

        Restart();
        var buffer = new byte[BufferBytes];
        while (await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            _hash?.AppendData(buffer, 0, read);
        }
    }

    /// <summary>Adds bytes.</summary>
    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _hash?.AppendData(bytes.Span);
    }

    /// <summary>Drops all bytes and starts again.</summary>
    public void Clear()
    {
        _stream.SetLength(0);
        Restart();
    }

    /// <summary>Whether the bytes match the hash that the hub gave; true if the etag is not a hash.</summary>
    public bool HasRightHash() => _hash is null || Convert.ToHexStringLower(_hash.GetCurrentHash()) == _etag;

    /// <summary>Flushes the file to disk and renames it to its final name.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_stream.Name, _blob, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(_blob)!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash?.Dispose();
        _stream.Dispose();
    }

    // Git hashes the file's length before its content. SHA-1 is git's choice; no security depends on it.
#pragma warning disable CA5350
    private void Restart()
    {
        _hash?.Dispose();
        _hash = _etag.Length switch
        {
            Sha256Digits => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
            Sha1Digits when Expected is not null => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
            _ => null,
        };
        if (_etag.Length == Sha1Digits)
        {
            _hash?.AppendData(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {Expected}\0")));
        }

        _stream.Position = 0;
    }
#pragma warning restore CA5350
}
