using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Simile.Numerics.Files;

/// <summary>A file that appears whole or not at all: it is written beside its place, brought to the disk, and then renamed.</summary>
/// <remarks>
/// Several may write one file at once: each has a name of its own, and the last one to commit remains. Disposing without <see cref="Commit"/> deletes what was
/// written; what a killed process left is deleted by the next one that writes the same file. A file that is replaced passes on its permissions, and a link
/// stays one: what it leads to is replaced.
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

    // Work that does not stop in time is left behind when the process ends.
    static WholeFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteUnfinished();

    private readonly string _path;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Begins a file.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder for it.</exception>
    /// <exception cref="IOException">The path leads to a folder, a pipe or a device.</exception>
    public WholeFile(string path, int bufferSize = 4096)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Place(path);
        DeleteLeftovers();
        Stream = Begin(bufferSize);
        _temporary = Stream.Name;
        Unfinished[_temporary] = true;
    }

    /// <summary>What is written; can be read and sought.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes a file, replacing one of its name; where that fails, nothing is left of it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder for it.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        using var file = new WholeFile(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Waits until all is on the disk, and gives the file its name.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        KeepMode();
        if (OperatingSystem.IsWindows())
        {
            Stream.Dispose();
        }

        // Elsewhere it is still held: others would take it for a leftover.
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
            // What is still in the buffer cannot be written, and nobody needs it.
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
                // It stays until the next one writes the same file.
            }
        }
    }

    private static string Place(string path)
    {
        var full = Path.GetFullPath(path);
        var place = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        if (Path.GetDirectoryName(place) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder} to write {Path.GetFileName(path)} to: make it first.");
        }

        if (Directory.Exists(place) || RegularFile.IsOther(place))
        {
            throw new IOException($"{path} is a {(Directory.Exists(place) ? "folder" : "pipe or a device")}: name a file to write to.");
        }

        return place;
    }

    // Another one that begins may take the new file for a leftover before it is locked.
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

    // Shared, so that it can be read as soon as it has its name; a leftover is nobody's.
    private FileStreamOptions Options(int bufferSize)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read | FileShare.Delete, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            // No more may read what is written than may read what it replaces.
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
        var begin = name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];
        return Path.Combine(Path.GetDirectoryName(_path)!, $"{begin}.{own}{Suffix}");
    }

    // What is still written is locked.
    private void DeleteLeftovers()
    {
        var (folder, begin) = (Path.GetDirectoryName(_path)!, Path.GetFileName(Temporary(string.Empty))[..^Suffix.Length]);
        foreach (var leftover in Directory.EnumerateFiles(folder, "*" + Suffix))
        {
            var name = Path.GetFileName(leftover);
            if (name.Length == begin.Length + Digits + Suffix.Length && name.StartsWith(begin, StringComparison.Ordinal) && name.Skip(begin.Length).Take(Digits).All(char.IsAsciiHexDigit))
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
            // Another one writes it, or it is not ours.
        }
    }
}
