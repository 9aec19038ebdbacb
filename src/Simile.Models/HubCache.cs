namespace Simile.Models;

/// <summary>Models that the hub's Python client has fetched: <c>models--ORG--NAME/snapshots/REVISION</c>, read only.</summary>
public static class HubCache
{
    /// <summary>The cache folder: HF_HUB_CACHE, HF_HOME/hub, or huggingface/hub below XDG_CACHE_HOME or ~/.cache.</summary>
    public static string Root =>
        Variable("HF_HUB_CACHE")
        ?? (Variable("HF_HOME") is { } home ? Path.Combine(home, "hub") : null)
        ?? Path.Combine(Variable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "huggingface", "hub");

    /// <summary>The cached models with their snapshot folders, by name in alphabetical order. Empty if there is no cache.</summary>
    public static IEnumerable<(string Name, string Folder)> List()
    {
        const string Prefix = "models--";
        if (!Directory.Exists(Root))
        {
            return [];
        }

        return
            from repository in Directory.EnumerateDirectories(Root, Prefix + "*")
            let name = Path.GetFileName(repository)[Prefix.Length..].Replace("--", "/", StringComparison.Ordinal)
            let folder = Find(name)
            where folder is not null
            orderby name
            select (name, folder);
    }

    /// <summary>The snapshot folder of a model: the branch "main", or any other; null if there is none.</summary>
    public static string? Find(string model)
    {
        if (model.Split('/').Length > 2 || Array.Exists(model.Split('/'), part => !IsPart(part)))
        {
            return null;
        }

        var repository = Path.Combine(Root, "models--" + model.Replace("/", "--", StringComparison.Ordinal));
        var main = Path.Combine(repository, "refs", "main");
        if (File.Exists(main) && Path.Combine(repository, "snapshots", Path.GetFileName(File.ReadAllText(main).Trim())) is var snapshot && Directory.Exists(snapshot))
        {
            return snapshot;
        }

        var snapshots = Path.Combine(repository, "snapshots");
        return Directory.Exists(snapshots) ? Directory.EnumerateDirectories(snapshots).Order().FirstOrDefault() : null;
    }

    /// <summary>
    /// The full path of a model that lies in a folder or file of its own or in the cache; any other name, and the built-in model's, as it
    /// is. A resize in the name stays there.
    /// </summary>
    public static string Locate(string model)
    {
        var (name, resize) = PictureResize.Split(model);
        var located = name == TextEmbedder.BuiltIn ? name : Path.Exists(name) ? Path.GetFullPath(name) : Find(name) ?? name;
        return resize?.NameOf(located) ?? located;
    }

    /// <summary>Whether a model on the hub could have this name, OWNER/NAME.</summary>
    internal static bool IsName(string model) => model.Split('/') is [var owner, var name] && IsPart(owner) && IsPart(name);

    private static bool IsPart(string part) =>
        part is [not '.', ..] && !part.Contains("..", StringComparison.Ordinal) && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
