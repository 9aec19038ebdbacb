using System.Runtime.InteropServices;

namespace Simile.Numerics.Files;

/// <summary>Waits until the names in a folder are on the disk: a rename is not, until then. Windows does it by itself.</summary>
internal static partial class FolderSync
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Some file systems refuse it for a folder: the file is whole then, and its name a matter of seconds.
        var descriptor = Open(folder, 0);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
