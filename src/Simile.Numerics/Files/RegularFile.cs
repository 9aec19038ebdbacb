using System.Runtime.InteropServices;

namespace Simile.Numerics.Files;

/// <summary>
/// Tells regular files from pipes and devices. .NET has no call for it, and opening a pipe to find out could block forever.
/// </summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>
    /// Whether a path leads to something that is neither a file nor a folder. False if nothing is there or the system cannot tell.
    /// </summary>
    public static bool IsOther(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            // struct statx has the same layout on every processor.
            Span<byte> status = stackalloc byte[256];
            return Statx(CurrentFolder, path, 0, TypeOnly, status) == 0
                && (MemoryMarshal.Read<ushort>(status[ModeAt..]) & TypeMask) != Regular && !Directory.Exists(path);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Refuses pipes and devices. A missing or unreadable file is reported by the reader.</summary>
    /// <exception cref="InvalidDataException">The path leads to a pipe or a device, directly or by links.</exception>
    public static void Require(string path)
    {
        if (IsOther(path))
        {
            throw new InvalidDataException($"{path} is a pipe or a device, not a regular file: write its content to a file first.");
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);
}
