using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Simile.Cli;

/// <summary>The bytes of standard output.</summary>
internal static class StandardOutput
{
    private const int BufferSize = 1 << 16;

    /// <remarks>
    /// The console's own stream swallows the news that the reader of a pipe has gone, and a long run would go on for nobody;
    /// so a pipe is written through its descriptor. Files keep the console's stream, because it shares its position with other processes.
    /// </remarks>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new BufferedStream(OpenPipe() ?? Console.OpenStandardOutput(), BufferSize);
    }

    /// <summary>Whether an error only says that the reader wants no more, as `head` does.</summary>
    public static bool IsClosedByReader(IOException e)
    {
        const int BrokenPipe = 32;
        return !OperatingSystem.IsWindows() && e.HResult == BrokenPipe;
    }

    private static FileStream? OpenPipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
