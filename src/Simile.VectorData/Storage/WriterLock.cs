using System.Diagnostics;
using System.Text;

namespace Simile.VectorData.Storage;

/// <summary>Makes its holder the only process that writes to a store. The system releases it when the process ends in any way.</summary>
internal sealed class WriterLock : IDisposable
{
    private const string FileName = "writer.lock";
    private const string HolderName = "writer.txt";

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public static WriterLock Take(string folder)
    {
        try
        {
            var taken = new WriterLock(
                new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            File.WriteAllText(Path.Combine(folder, HolderName), Myself);
            return taken;
        }
        catch (UnauthorizedAccessException e)
        {
            throw Failures.NotWritable(folder, e);
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw Failures.SecondWriter(folder, Holder(folder), e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Myself => $"The process {Environment.ProcessId} ({Process.GetCurrentProcess().ProcessName})";

    // Written after the lock was taken: for a moment it may name the holder before.
    private static string Holder(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, HolderName), Encoding.UTF8) is { Length: > 0 } holder ? holder : "Another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "Another process";
        }
    }

    // EAGAIN of Linux, EWOULDBLOCK of macOS, a sharing violation of Windows.
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32;
}
