namespace Simile.Cli;

/// <summary>
/// Models that the hub's own tools keep on this machine: models--OWNER--NAME/refs/main names the snapshot, snapshots/REVISION holds the files.
/// </summary>
internal static class HubCache
{
    private const string Prefix = "models--";

    /// <summary>The cache folder, as huggingface_hub finds it.</summary>
    public static string Root { get; } =
        Setting("HF_HUB_CACHE")
        ?? (Setting("HF_HOME") is { } home ? Path.Combine(home, "hub") : null)
        ?? Path.Combine(Setting("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "huggingface", "hub");

    /// <summary>The models there, by name.</summary>
    public static IEnumerable<(string Name, string Folder)> List()
    {
        if (!Directory.Exists(Root))
        {
            return [];
        }

        return
            from entry in Directory.EnumerateDirectories(Root, Prefix + "*")
            let name = Path.GetFileName(entry)[Prefix.Length..].Replace("--", "/", StringComparison.Ordinal)
            let folder = Find(name)
            where folder is not null
            orderby name
            select (name, folder);
    }

    /// <summary>The snapshot of OWNER/NAME; null where there is none.</summary>
    public static string? Find(string name)
    {
        if (name.Split('/') is not [{ Length: > 0 } owner, { Length: > 0 } model] || name.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        var entry = Path.Combine(Root, $"{Prefix}{owner}--{model}");
        var main = Path.Combine(entry, "refs", "main");
        var snapshots = Path.Combine(entry, "snapshots");
        if (File.Exists(main) && Path.Combine(snapshots, File.ReadAllText(main).Trim()) is var snapshot && Directory.Exists(snapshot))
        {
            return snapshot;
        }

        return Directory.Exists(snapshots) ? Directory.EnumerateDirectories(snapshots).Max(StringComparer.Ordinal) : null;
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
