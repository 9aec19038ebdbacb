using System.Runtime.InteropServices;

namespace Simile.Sync.Walk;

/// <summary>The type of a directory entry.</summary>
internal enum FileSort
{
    /// <summary>It does not exist or cannot be accessed.</summary>
    Unknown,

    /// <summary>A file with content, of known length or not.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link; only if links are not followed.</summary>
    Link,

    /// <summary>A named or anonymous pipe: reading waits for a writer.</summary>
    Pipe,

    /// <summary>A terminal or another character device.</summary>
    Device,

    /// <summary>A socket or a block device: there is nothing to read.</summary>
    Other,
}

/// <summary>Asks the system for the type of a file. .NET has no call for it, and opening a pipe to find out could block forever.</summary>
internal static partial class FileSorts
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;
    private const int ModeOffset = 28;

    /// <summary>The type of a path's target.</summary>
    public static FileSort Of(string path) => OperatingSystem.IsLinux()
        ? Of([.. System.Text.Encoding.UTF8.GetBytes(path), 0], follow: true)
        : Simple(path);

    /// <summary>The type of a path: a file, a folder, a link, or another. The path is zero-terminated bytes. Linux only.</summary>
    public static FileSort Of(byte[] path, bool follow)
    {
        // struct statx has the same layout on every processor.
        var status = new byte[256];
        try
        {
            if (Statx(CurrentFolder, path, follow ? 0 : NoFollow, TypeOnly, status) != 0)
            {
                return FileSort.Unknown;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return Simple(System.Text.Encoding.UTF8.GetString(path.AsSpan(..^1)));
        }

        return (MemoryMarshal.Read<ushort>(status.AsSpan(ModeOffset)) & 0xF000) switch
        {
            0x8000 => FileSort.File,
            0x4000 => FileSort.Folder,
            0xA000 => FileSort.Link,
            0x1000 => FileSort.Pipe,
            0x2000 => FileSort.Device,
            _ => FileSort.Other,
        };
    }

    private static FileSort Simple(string path) =>
        Directory.Exists(path) ? FileSort.Folder : File.Exists(path) ? FileSort.File : FileSort.Unknown;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);
}
