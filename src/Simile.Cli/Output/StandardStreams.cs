using System.Runtime.InteropServices;

namespace Simile.Cli;

/// <summary>The three standard streams. The parent process may have closed any of them.</summary>
internal static partial class StandardStreams
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    private static readonly bool[] Open = [IsInherited(Input), IsInherited(Output), IsInherited(Error)];

    /// <summary>Whether the parent passed the stream on.</summary>
    public static bool IsOpen(int descriptor) => Open[descriptor];

    // The runtime opens files before Main runs, and these take the numbers of closed streams. They have FD_CLOEXEC,
    // which no inherited descriptor has.
    private static bool IsInherited(int descriptor)
    {
        const int GetFlags = 1;
        const int CloseOnExec = 1;
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var flags = Fcntl(descriptor, GetFlags);
        return flags >= 0 && (flags & CloseOnExec) == 0;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(int descriptor, int command);
}
