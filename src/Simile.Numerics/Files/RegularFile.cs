using System.Runtime.InteropServices;

namespace Simile.Numerics.Files;

/// <summary>Tells files from pipes and devices, which .NET does not: opening a pipe to find out could wait for ever.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path leads to something that is neither a file nor a folder. False where nothing is there, or the system does not say.</summary>
    public static bool IsOther(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            // struct statx is the same on every processor.
            Span<byte> status = stackalloc byte[256];
            return Statx(CurrentFolder, path, 0, TypeOnly, status) == 0 && (MemoryMarshal.Read<ushort>(status[ModeAt..]) & TypeMask) != Regular && !Directory.Exists(path);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Refuses pipes and devices. What is missing or may not be read is left to the reader.</summary>
    /// <exception cref="InvalidDataException">The path leads to one, by links too.</exception>
    public static void Require(string path)
    {
        if (IsOther(path))
        {
            throw new InvalidDataException($"{path} is a pipe or a device, and not a file with a length: write its content to a file first.");
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);
}
