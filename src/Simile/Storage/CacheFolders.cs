namespace Simile.Storage;

/// <summary>The stores below one folder that may be deleted at any time.</summary>
internal static class CacheFolders
{
    /// <summary>Notes that a store is used now.</summary>
    public static void Touch(string folder) => Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);

    /// <summary>Deletes the stores that were used longest ago until the others fit.</summary>
    /// <param name="root">The folder of all.</param>
    /// <param name="used">The store that stays.</param>
    /// <param name="most">Bytes that all may take.</param>
    public static void Trim(string root, string used, long most)
    {
        var stores = Stores(root).Select(store => (Store: store, Bytes: BytesOf(store))).ToArray();
        var total = stores.Sum(store => store.Bytes);
        foreach (var (store, bytes) in stores.Where(store => store.Store.FullName != used).OrderBy(store => store.Store.LastWriteTimeUtc))
        {
            if (total <= most)
            {
                return;
            }

            total -= Delete(store) ? bytes : 0;
        }
    }

    /// <summary>Deletes all stores that nobody writes, and returns the bytes that they took.</summary>
    public static long Clear(string root) =>
        Stores(root).Select(store => (Bytes: BytesOf(store), IsDeleted: Delete(store))).Sum(store => store.IsDeleted ? store.Bytes : 0);

    private static DirectoryInfo[] Stores(string root) => Directory.Exists(root) ? new DirectoryInfo(root).GetDirectories() : [];

    private static long BytesOf(DirectoryInfo store) => store.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    // A store that another program fills stays.
    private static bool Delete(DirectoryInfo store)
    {
        try
        {
            using (WriterLock.Take(store.FullName))
            {
                foreach (var file in store.EnumerateFiles().Where(file => file.Name != WriterLock.FileName))
                {
                    file.Delete();
                }
            }

            store.Delete(recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
