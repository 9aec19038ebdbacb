using System.Globalization;
using System.Runtime.InteropServices;

namespace EndToEnd;

/// <summary>Signals as a terminal would give them to the processes of these tests.</summary>
internal static partial class SignalDefaults
{
    private const string Mask = "SigIgn:";

    /// <summary>Lets this process's children receive SIGHUP and SIGINT. What nohup or an ampersand starts ignores them, and so would its children.</summary>
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
