using System.Globalization;
using System.Runtime.InteropServices;

namespace Simile.Cli;

/// <summary>The resource limits (ulimit) of this process.</summary>
/// <remarks>Below some limits the runtime aborts during the work without a message, so they are checked first.</remarks>
internal static partial class ResourceLimits
{
    private const int LeastFiles = 256;
    private const ulong LeastMemory = 3800UL << 20;
    private const int OpenFiles = 7;
    private const int AddressSpace = 9;
    private const int FileSizeExceeded = 25;

    /// <summary>A sentence if a limit is too low; otherwise null.</summary>
    public static string? Complaint()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var (files, memory) = (Limit(OpenFiles), Limit(AddressSpace));
        return files < LeastFiles
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Only {files} files may be open at once, and {LeastFiles} are needed: raise the limit with 'ulimit -n 1024'.")
            : memory < LeastMemory
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Only {memory >> 20} MB of address space may be used, and {LeastMemory >> 20} MB are needed: "
                    + $"raise the limit with 'ulimit -v unlimited'.")
                : null;
    }

    /// <summary>Makes writing beyond 'ulimit -f' an I/O error instead of the end of the process.</summary>
    public static void TurnFileSizeIntoErrors()
    {
        const nint Ignore = 1;
        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(FileSizeExceeded, Ignore);
        }
    }

    private static ulong Limit(int resource) => GetLimit(resource, out var limit) == 0 ? limit.Current : ulong.MaxValue;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Signal(int signal, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Most;
    }
}
