using System.Text;

namespace Simile.Cli;

/// <summary>Messages to standard error. Where they cannot be written, nobody can be told, and the work goes on.</summary>
internal static class StandardError
{
    private static readonly DescriptorStream? Descriptor =
        !OperatingSystem.IsWindows() && StandardStreams.IsOpen(StandardStreams.Error) ? new DescriptorStream(StandardStreams.Error) : null;

    public static void Write(string text)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Console.Error.Write(text);
            }
            else
            {
                Descriptor?.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        catch (IOException)
        {
            // Full, or its reader has gone.
        }
    }
}
