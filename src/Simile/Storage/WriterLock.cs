using Simile.Numerics.Files;

namespace Simile.Storage;

/// <summary>Makes its holder the only writer of a store. The system releases it when the process ends in any way.</summary>
internal static class WriterLock
{
    public const string FileName = "writer.lock";

    public static FileStream Take(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw StoreFailures.NotWritable(folder, e);
        }
        catch (IOException e) when (IsReadOnlyDisk(e))
        {
            throw StoreFailures.NotWritable(folder, e);
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            throw StoreFailures.DiskFull(folder, e);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, FileName)))
        {
            throw StoreFailures.SecondWriter(folder, e);
        }
    }

    // EROFS of Linux and macOS; ERROR_WRITE_PROTECT of Windows.
    private static bool IsReadOnlyDisk(IOException e) => (e.HResult & 0xFFFF) is 30 or 19;
}
