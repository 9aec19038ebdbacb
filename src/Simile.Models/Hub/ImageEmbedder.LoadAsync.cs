namespace Simile.Models;

/// <content>Pulling from the hub.</content>
public sealed partial class ImageEmbedder
{
    /// <summary>
    /// Loads a model as <see cref="Load(string, ImageEmbedderOptions)"/> does. A model that is not on this machine is pulled from the hub
    /// first.
    /// </summary>
    /// <param name="model">What Load takes, or a name on the hub: OWNER/NAME, with @REVISION for a branch, tag or commit.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="hub">Hub and cache; null for the environment's settings.</param>
    /// <param name="progress">Optional progress callback of the pull.</param>
    /// <param name="cancellationToken">Stops the pull. What has arrived is kept, and the next pull continues.</param>
    /// <exception cref="HubException">The model cannot be pulled.</exception>
    public static Task<ImageEmbedder> LoadAsync(
        string model,
        ImageEmbedderOptions? options = null,
        HubOptions? hub = null,
        IProgress<HubProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        HubClient.LoadAsync(model, place => Load(place, options), hub, progress, cancellationToken);
}
