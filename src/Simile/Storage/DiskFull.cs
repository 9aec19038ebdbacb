namespace Simile.Storage;

/// <summary>Tells a full disk from other failures of the file system.</summary>
internal static class DiskFull
{
    // ENOSPC and EDQUOT of Linux; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    public static bool Is(IOException e) => (e.HResult & 0xFFFF) is 28 or 122 or 112 or 39;
}
