using System.Text;

namespace Simile.Cli;

/// <summary>Standard output as a byte stream.</summary>
internal static class StandardOutput
{
    private const int BufferSize = 1 << 16;

    /// <exception cref="IOException">The process was started with standard output closed.</exception>
    public static Stream Open()
    {
        if (!StandardStreams.IsOpen(StandardStreams.Output))
        {
            throw new IOException("Standard output is closed, so answers cannot be written: run again without '>&-'.");
        }

        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new BufferedStream(
            OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(StandardStreams.Output), BufferSize);
    }

    /// <summary>Whether an error only means that the reader has stopped, as <c>head</c> does.</summary>
    public static bool IsClosedByReader(IOException e)
    {
        const int BrokenPipe = 32;
        return !OperatingSystem.IsWindows() && e.HResult == BrokenPipe;
    }
}
