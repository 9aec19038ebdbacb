using System.Security.Cryptography;
using System.Text;

namespace Simile.Cli;

/// <summary>The store in which find keeps what it embedded below some paths by some model.</summary>
internal static class FindCache
{
    /// <summary>simile/find below the folder for caches.</summary>
    public static string Root => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "simile",
        "find");

    /// <summary>The store for these paths; one in memory, with a warning, where it cannot be kept.</summary>
    public static Store Open(GivenPaths paths, string model, Terminal terminal)
    {
        var folder = Path.Combine(Root, Key(paths, model));
        try
        {
            return OpenOrRenew(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return InMemory(e, terminal);
        }
    }

    public static Store InMemory(Exception reason, Terminal terminal)
    {
        terminal.Say($"Nothing is kept for the next time, find works in memory: {Failures.Sentence(reason)}");
        return Store.OpenTemporary();
    }

    /// <summary>Closes a store and, where it is damaged, takes it away, so that the next find makes it anew.</summary>
    public static void Discard(Store store, Exception reason)
    {
        store.Dispose();
        if (reason is InvalidDataException && store.Folder is { } folder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Store OpenOrRenew(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return Store.Open(folder);
        }
        catch (InvalidDataException)
        {
            // Damaged, or made by another version: it is only a cache.
            Directory.Delete(folder, recursive: true);
            return Store.Open(folder);
        }
    }

    private static string Key(GivenPaths paths, string model)
    {
        var all = string.Join('\0', paths.Full.Order(StringComparer.Ordinal).Append(ModelInput.Resolve(model)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..32];
    }
}
