using System.Globalization;
using System.Runtime.InteropServices;

namespace EndToEnd;

/// <summary>Restores default signal handling for the processes of these tests, as in a terminal.</summary>
internal static partial class SignalDefaults
{
    private const string Mask = "SigIgn:";

    /// <summary>
    /// Lets child processes receive SIGHUP and SIGINT. Processes started by nohup or with an ampersand ignore them, and so would their
    /// children.
    /// </summary>
    public static void Restore()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Mask, StringComparison.Ordinal));
        var ignored = ulong.Parse(line.AsSpan(Mask.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        foreach (var signal in (int[])[HangUp, Interrupt])
        {
            if ((ignored & (1UL << (signal - 1))) != 0)
            {
                _ = Set(signal, Default);
            }
        }
    }

    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const nint Default = 0;

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Set(int signal, nint handler);
}
