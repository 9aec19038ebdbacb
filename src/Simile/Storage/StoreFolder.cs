using Simile.Numerics.Files;

namespace Simile.Storage;

/// <summary>The folder of a store.</summary>
internal static class StoreFolder
{
    /// <summary>Creates the folder if it is missing, and refuses one that holds other files.</summary>
    public static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (!File.Exists(Path.Combine(folder, StoreDatabase.FileName))
                && Directory.EnumerateFileSystemEntries(folder).Any(entry => Path.GetFileName(entry) != WriterLock.FileName))
            {
                throw StoreFailures.NotEmpty(folder);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw StoreFailures.NotWritable(folder, e);
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            throw StoreFailures.DiskFull(folder, e);
        }
        catch (IOException e)
        {
            throw new UnauthorizedAccessException($"The folder {folder} for the store cannot be created: {e.Message}", e);
        }
    }
}
