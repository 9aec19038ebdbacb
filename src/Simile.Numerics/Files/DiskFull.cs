namespace Simile.Numerics.Files;

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskFull
{
    // ENOSPC and EDQUOT of Linux; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    public static bool Is(IOException e) => e.GetType() == typeof(IOException) && (e.HResult & 0xFFFF) is 28 or 122 or 112 or 39;
}
