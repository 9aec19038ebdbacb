using System.Text;

namespace Simile.Cli;

/// <summary>The bytes of standard output.</summary>
internal static class StandardOutput
{
    private const int BufferSize = 1 << 16;

    /// <exception cref="IOException">The process was started without it.</exception>
    public static Stream Open()
    {
        if (!StandardStreams.IsOpen(StandardStreams.Output))
        {
            throw new IOException("Standard output is closed, so there is nowhere to write the answers to: run again without '>&-'.");
        }

        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new BufferedStream(OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(StandardStreams.Output), BufferSize);
    }

    /// <summary>Whether an error only says that the reader wants no more, as `head` does.</summary>
    public static bool IsClosedByReader(IOException e)
    {
        const int BrokenPipe = 32;
        return !OperatingSystem.IsWindows() && e.HResult == BrokenPipe;
    }
}
