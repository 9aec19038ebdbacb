using Simile.Models.Features;

namespace Simile.Models;

/// <summary>
/// Models that were pulled, by Simile or the hub's Python client: <c>models--OWNER--NAME/snapshots/COMMIT</c> below one folder.
/// </summary>
public static class HubCache
{
    private const string Prefix = "models--";

    /// <summary>Where the cache is: HF_HUB_CACHE, HF_HOME/hub, or huggingface/hub below XDG_CACHE_HOME or ~/.cache.</summary>
    public static string Root => HubEnvironment.Cache;

    /// <summary>The cached models in alphabetical order; empty if there is no cache.</summary>
    public static IEnumerable<CachedModel> List()
    {
        if (!Directory.Exists(Root))
        {
            return [];
        }

        return
            from repository in Directory.EnumerateDirectories(Root, Prefix + "*")
            let name = Path.GetFileName(repository)[Prefix.Length..].Replace("--", "/", StringComparison.Ordinal)
            let folder = new HubRepository(Root, name).Find(null)
            where folder is not null
            orderby name
            select CachedModel.Of(name, repository, folder);
    }

    /// <summary>
    /// The snapshot folder of a model: of the revision after the @, else of the branch "main", else of any revision. Null if there is none.
    /// </summary>
    public static string? Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return HubName.Parse(model)?.Candidates().Select(name => new HubRepository(Root, name.Repository).Find(name.Revision))
            .FirstOrDefault(folder => folder is not null);
    }

    /// <summary>
    /// Resolves a model name to a full path: a folder or file, a snapshot in the cache, or torchvision weights in PyTorch's cache. The name
    /// of the built-in model and any unknown name are returned unchanged. A feature's name is returned with all its options. A resize in
    /// the name is kept.
    /// </summary>
    public static string Locate(string model)
    {
        if (FeatureModel.Is(model))
        {
            using var features = FeatureModel.Load(model);
            return features.Name;
        }

        var (name, resize) = PictureResize.Split(model);
        var located = name == TextEmbedder.BuiltIn ? name
            : Path.Exists(name) ? Path.GetFullPath(name)
            : Find(name) ?? TorchVisionWeights.Find(name) ?? name;
        return resize?.NameOf(located) ?? located;
    }

    /// <summary>Whether a model is on this machine, with all files that are needed to load it.</summary>
    /// <param name="model">The built-in model, a folder or file, or a name.</param>
    /// <param name="files">Which files are needed.</param>
    public static bool Has(string model, HubFiles files = HubFiles.Model)
    {
        var name = PictureResize.Split(model).Model;
        return name == TextEmbedder.BuiltIn || FeatureModel.Is(name) || Path.Exists(name)
            || (Find(name) is { } folder ? SnapshotContent.IsWhole(folder, files) : TorchVisionWeights.Find(name) is not null);
    }

    /// <summary>Whether this is a valid model name on the hub, with or without an owner.</summary>
    public static bool IsName(string model) => HubName.IsName(model);

    /// <summary>Deletes a model with all its revisions.</summary>
    /// <returns>Freed bytes; null if the cache has no such model.</returns>
    /// <exception cref="IOException">Another process uses one of its files.</exception>
    public static long? Remove(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var place = HubName.Parse(model)?.Candidates().Select(name => new HubRepository(Root, name.Repository))
            .FirstOrDefault(place => Directory.Exists(place.Folder));
        if (place is null)
        {
            return null;
        }

        var bytes = CachedModel.Size(place.Folder);
        Directory.Delete(place.Folder, recursive: true);
        if (Directory.Exists(place.Locks))
        {
            Directory.Delete(place.Locks, recursive: true);
        }

        return bytes;
    }
}
