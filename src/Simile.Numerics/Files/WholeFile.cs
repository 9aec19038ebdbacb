using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Simile.Numerics.Files;

/// <summary>Writes a file atomically: to a temporary file in the same folder, flushed to the disk, then renamed.</summary>
/// <remarks>
/// Several writers of one path are safe: each has its own temporary file, and the last to commit wins. Disposing without
/// <see cref="Commit"/> deletes the temporary file. A temporary file that a killed process left is deleted by the next writer of the same
/// path. The new file takes over the old one's permissions. If the path is a link, the link stays and its target is replaced.
/// </remarks>
internal sealed class WholeFile : IDisposable
{
    private const string Suffix = ".new";
    private const int Digits = 8;
    private const int LongestName = 50;
    private const int WouldBlock = 11;
    private const int WouldBlockOfBsd = 35;
    private const int SharingViolation = 32;

    private static readonly ConcurrentDictionary<string, bool> Unfinished = new(StringComparer.Ordinal);

    // Work that does not stop in time is abandoned when the process ends.
    static WholeFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteUnfinished();

    private readonly string _path;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Creates the temporary file.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The path is a folder, a pipe or a device.</exception>
    public WholeFile(string path, int bufferSize = 4096)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Place(path);
        DeleteLeftovers();
        Stream = Begin(bufferSize);
        _temporary = Stream.Name;
        Unfinished[_temporary] = true;
    }

    /// <summary>The stream of the temporary file. It can be read and sought.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes a file and replaces an existing one. If writing fails, no temporary file remains.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        using var file = new WholeFile(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Flushes everything to the disk and renames the temporary file to its final name.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        KeepMode();
        if (OperatingSystem.IsWindows())
        {
            Stream.Dispose();
        }

        // The file is renamed while it is still locked. Otherwise another writer could delete it as a leftover.
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
        Stream.Dispose();
        FolderSync.Flush(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (Exception e) when (!_committed && e is IOException or ArgumentOutOfRangeException)
        {
            // The rest of the buffer cannot be written and is not needed.
        }

        if (!_committed)
        {
            File.Delete(_temporary);
        }

        Unfinished.TryRemove(_temporary, out _);
    }

    private static void DeleteUnfinished()
    {
        foreach (var temporary in Unfinished.Keys)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It stays until the next writer of the same path deletes it.
            }
        }
    }

    private static string Place(string path)
    {
        var full = Path.GetFullPath(path);
        var place = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        if (Path.GetDirectoryName(place) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} for {Path.GetFileName(path)} does not exist: create it first.");
        }

        if (Directory.Exists(place) || RegularFile.IsOther(place))
        {
            throw new IOException($"{path} is a {(Directory.Exists(place) ? "folder" : "pipe or a device")}: give the path of a file.");
        }

        return place;
    }

    // Another writer may take the new file for a leftover before it is locked.
    private FileStream Begin(int bufferSize)
    {
        while (true)
        {
            try
            {
                var stream = new FileStream(Temporary(RandomNumberGenerator.GetHexString(Digits, lowercase: true)), Options(bufferSize));
                if (File.Exists(stream.Name))
                {
                    return stream;
                }

                stream.Dispose();
            }
            catch (IOException e) when ((e.HResult & 0xFFFF) is WouldBlock or WouldBlockOfBsd or SharingViolation)
            {
            }
        }
    }

    // Shared, so that it can be read as soon as it has its final name.
    private FileStreamOptions Options(int bufferSize)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = bufferSize,
        };
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            // The new file must not be readable by more users than the old one.
            options.UnixCreateMode = File.GetUnixFileMode(_path) | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void KeepMode()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            try
            {
                File.SetUnixFileMode(Stream.SafeFileHandle, File.GetUnixFileMode(_path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Some file systems have no permissions.
            }
        }
    }

    private string Temporary(string own)
    {
        var name = Path.GetFileName(_path);
        var begin = name.Length <= LongestName
            ? name
            : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];
        return Path.Combine(Path.GetDirectoryName(_path)!, $"{begin}.{own}{Suffix}");
    }

    // A locked file is still being written.
    private void DeleteLeftovers()
    {
        var (folder, begin) = (Path.GetDirectoryName(_path)!, Path.GetFileName(Temporary(string.Empty))[..^Suffix.Length]);
        foreach (var leftover in Directory.EnumerateFiles(folder, "*" + Suffix))
        {
            var name = Path.GetFileName(leftover);
            if (name.Length == begin.Length + Digits + Suffix.Length && name.StartsWith(begin, StringComparison.Ordinal)
                && name.Skip(begin.Length).Take(Digits).All(char.IsAsciiHexDigit))
            {
                Delete(leftover);
            }
        }
    }

    private static void Delete(string leftover)
    {
        try
        {
            new FileStream(leftover, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process is writing it, or it is not ours.
        }
    }
}
