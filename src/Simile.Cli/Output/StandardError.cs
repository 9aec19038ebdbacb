using System.Text;

namespace Simile.Cli;

/// <summary>Writes messages to standard error. If that fails, nobody can be told, and the work continues.</summary>
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
            // Full, or the reader has gone.
        }
    }
}
