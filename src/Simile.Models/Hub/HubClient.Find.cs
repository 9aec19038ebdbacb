namespace Simile.Models;

/// <content>Finding a model on this machine or on the hub.</content>
public sealed partial class HubClient
{
    /// <summary>Returns a name or path that every Load accepts. A model that is not on this machine is pulled first.</summary>
    /// <param name="model">
    /// The built-in model, a folder or file, a name in the cache (used without network access), a torchvision network, or a name on the
    /// hub.
    /// </param>
    /// <param name="files">Which files are needed.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops the pull.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, and this is not a valid name on the hub.</exception>
    /// <exception cref="HubException">The model cannot be pulled.</exception>
    public async Task<string> FindAsync(
        string model,
        HubFiles files = HubFiles.Model,
        IProgress<HubProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (name, resize) = PictureResize.Split(model);
        var place = name == TextEmbedder.BuiltIn ? name
            : Path.Exists(name) ? Path.GetFullPath(name)
            : Here(name, files) ?? TorchVisionWeights.Find(name)
            ?? (HubName.IsName(name)
                ? (await PullAsync(name, files, progress, cancellationToken).ConfigureAwait(false)).Folder
                : throw ModelFolder.NotFound(name));
        return resize?.NameOf(place) ?? place;
    }

    private string? Here(string model, HubFiles files) =>
        HubName.Parse(model)?.Candidates().Select(name => Cached(name, files)?.Folder).FirstOrDefault(folder => folder is not null);

    internal static async Task<T> LoadAsync<T>(
        string model,
        Func<string, T> load,
        HubOptions? hub,
        IProgress<HubProgress>? progress,
        CancellationToken cancellationToken,
        HubFiles files = HubFiles.Model)
    {
        using var client = new HubClient(hub ?? new HubOptions());
        var place = await client.FindAsync(model, files, progress, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => load(place), cancellationToken).ConfigureAwait(false);
    }
}
