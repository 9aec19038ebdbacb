using System.Diagnostics;
using System.Runtime.Versioning;

namespace Simile.Index.Tests;

/// <summary>Keeps this process on one core for a while, where the system can.</summary>
internal sealed class Pinned : IDisposable
{
    private readonly IntPtr? _before;

    private Pinned(IntPtr? before) => _before = before;

    public static Pinned ToOneCore()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            return new Pinned(null);
        }

        var before = Process.GetCurrentProcess().ProcessorAffinity;
        Set(1);
        return new Pinned(before);
    }

    public void Dispose()
    {
        if (_before is { } before && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            Set(before);
        }
    }

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("windows")]
    private static void Set(IntPtr mask)
    {
        using var process = Process.GetCurrentProcess();
        process.ProcessorAffinity = mask;
    }
}
