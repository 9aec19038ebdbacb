using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Simile.Sync.Walk;

namespace Simile.Sync;

/// <summary>A file: its length and time first, its content on request.</summary>
/// <remarks>The content is read to its end, because the reported length of pipes and of files below /proc is 0.</remarks>
internal sealed class OpenedFile : IDisposable
{
    private const int Chunk = 81920;

    private readonly string _path;
    private readonly bool _mayWait;
    private SafeFileHandle? _handle;

    private OpenedFile(string path, bool mayWait) => (_path, _mayWait) = (path, mayWait);

    /// <summary>The length in bytes; 0 if unknown.</summary>
    public long Length { get; private init; }

    /// <summary>When the content last changed, in UTC.</summary>
    public DateTime Modified { get; private init; }

    /// <summary>Whether its name is not UTF-8, so that other .NET programs cannot open it.</summary>
    public bool IsRaw { get; private init; }

    /// <summary>Opens a file to look at it.</summary>
    /// <param name="path">Its path for display.</param>
    /// <param name="raw">Its path in bytes if it is not UTF-8.</param>
    /// <exception cref="IOException">The file is gone or cannot be opened.</exception>
    public static OpenedFile Of(string path, byte[]? raw)
    {
        if (raw is not null)
        {
            var handle = RawFolder.Open(raw);
            return new OpenedFile(path, mayWait: false)
            {
                _handle = handle,
                Length = RandomAccess.GetLength(handle),
                Modified = File.GetLastWriteTimeUtc(handle),
                IsRaw = true,
            };
        }

        var info = new FileInfo(path);
        info = info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
        if (info.Exists && info.Length > 0)
        {
            return new OpenedFile(path, mayWait: false) { Length = info.Length, Modified = info.LastWriteTimeUtc };
        }

        return FileSorts.Of(path) switch
        {
            FileSort.Pipe or FileSort.Device => new OpenedFile(path, mayWait: true) { Modified = DateTime.UtcNow },
            FileSort.Unknown => throw new FileNotFoundException(null, path),
            FileSort.File => new OpenedFile(path, mayWait: false) { Modified = info.Exists ? info.LastWriteTimeUtc : DateTime.UtcNow },
            _ => throw new IOException("it is no file"),
        };
    }

    /// <summary>The whole content; null if it exceeds <paramref name="most"/> bytes.</summary>
    /// <param name="most">In bytes.</param>
    /// <param name="stop">Cancels reading, also from a pipe.</param>
    public byte[]? ReadAll(long most, CancellationToken stop) =>
        _mayWait ? Task.Run(() => ReadAll(most), stop).WaitAsync(stop).GetAwaiter().GetResult() : ReadAll(most);

    /// <summary>The SHA-256 of the content.</summary>
    public byte[] Hash()
    {
        using var stream = Open();
        return SHA256.HashData(stream);
    }

    public void Dispose() => _handle?.Dispose();

    private byte[]? ReadAll(long most)
    {
        using var stream = Open();
        using var content = new MemoryStream((int)Math.Min(Length, most));
        var buffer = new byte[Chunk];
        for (var count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            if (content.Length + count > most)
            {
                return null;
            }

            content.Write(buffer, 0, count);
        }

        return content.TryGetBuffer(out var whole) && whole.Count == whole.Array!.Length ? whole.Array : content.ToArray();
    }

    private FileStream Open() => _handle is not null
        ? new FileStream(_handle, FileAccess.Read, bufferSize: 0)
        : new FileStream(
            _path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
}
