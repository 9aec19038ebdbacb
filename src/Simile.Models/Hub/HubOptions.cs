namespace Simile.Models;

/// <summary>
/// Where models are pulled from and stored. The defaults are those of the hub's Python client, including its environment variables.
/// </summary>
public sealed record HubOptions
{
    /// <summary>The hub: HF_ENDPOINT, or https://huggingface.co.</summary>
    public Uri Endpoint { get; init; } = HubEnvironment.Endpoint;

    /// <summary>The folder of the cache: HF_HUB_CACHE, or hub below HF_HOME.</summary>
    public string Cache { get; init; } = HubEnvironment.Cache;

    /// <summary>
    /// The access token, sent only to <see cref="Endpoint"/>: HF_TOKEN, or the file that "hf auth login" wrote. Null for none.
    /// </summary>
    public string? Token { get; init; } = HubEnvironment.Token;

    /// <summary>Whether only the cache is used, and no socket is opened: HF_HUB_OFFLINE.</summary>
    public bool Offline { get; init; } = HubEnvironment.Offline;

    /// <summary>
    /// Whether the cache holds copies instead of links: HF_HUB_DISABLE_SYMLINKS. Copies are also made if the system cannot create links.
    /// </summary>
    public bool NoLinks { get; init; } = HubEnvironment.NoLinks;

    /// <summary>Number of files that are downloaded at the same time; the default is that of the Python client.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>
    /// Longest wait for an answer or for the next bytes: HF_HUB_DOWNLOAD_TIMEOUT, or 10 seconds. Then the request is retried.
    /// </summary>
    public TimeSpan Timeout { get; init; } = HubEnvironment.Timeout;

    /// <summary>Maximum number of consecutive failures without a new byte before the download fails.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Pause after the first failure; it doubles after each further failure.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that a busy hub (429, 503) may ask for; a longer one ends the download.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        ArgumentException.ThrowIfNullOrEmpty(Cache);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Pause, TimeSpan.Zero);
    }
}
