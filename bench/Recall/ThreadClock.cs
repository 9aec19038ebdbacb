using System.Runtime.InteropServices;

/// <summary>
/// CPU seconds of the calling thread and of the process. Other load on the machine then affects only caches, not scheduling.
/// </summary>
internal static partial class ThreadClock
{
    private const int ProcessId = 2;
    private const int ThreadId = 3;

    public static double Thread => Read(ThreadId);

    public static double Process => Read(ProcessId);

    private static double Read(int clock)
    {
        _ = GetTime(clock, out var time);
        return time.Seconds + (1e-9 * time.Nanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
