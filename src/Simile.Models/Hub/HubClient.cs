using System.Text.Json;

namespace Simile.Models;

/// <summary>
/// Pulls models from a hub, huggingface.co or one that answers as it does, into the cache that Python's huggingface_hub uses.
/// </summary>
/// <remarks>
/// Thread-safe. Owns its connections, so dispose it. Each file is downloaded under a lock that other processes respect. Interrupted
/// downloads resume. A file gets its final name after its hash is verified; a snapshot appears when all its files are complete. Files in
/// Xet storage are downloaded by plain HTTPS.
/// </remarks>
public sealed partial class HubClient : IDisposable
{
    // Files that Python libraries request for most models. The cache records which of them do not exist, so that those libraries need no
    // request.
    private static readonly string[] Usual =
    [
        "added_tokens.json", "chat_template.jinja", "chat_template.json", "config.json", "modules.json",
        "preprocessor_config.json", "processor_config.json", "special_tokens_map.json",
        "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.txt",
    ];

    private readonly HubOptions _options;
    private readonly HubRequests _requests;

    /// <summary>A client with the environment's settings.</summary>
    public HubClient()
        : this(new HubOptions())
    {
    }

    /// <summary>A client with the given settings instead of the environment's.</summary>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public HubClient(HubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _requests) = (options, new HubRequests(options));
    }

    /// <summary>Pulls the needed files of a model, unless the cache has them.</summary>
    /// <param name="model">
    /// <c>OWNER/NAME</c>, with <c>@REVISION</c> for a branch, tag or commit; an old name without an owner (<c>gpt2</c>); a model of
    /// sentence-transformers without its owner; or a torchvision network (<c>resnet18</c>), pulled from timm's repository with the same
    /// weights.
    /// </param>
    /// <param name="files">Which files.</param>
    /// <param name="progress">Optional progress callback, about ten times a second.</param>
    /// <param name="cancellationToken">Stops the pull. What has arrived is kept, and the next pull continues.</param>
    /// <returns>Where the model is.</returns>
    /// <exception cref="ArgumentException">This is not a valid name on the hub.</exception>
    /// <exception cref="HubException">The model cannot be pulled.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<HubSnapshot> PullAsync(
        string model,
        HubFiles files = HubFiles.Model,
        IProgress<HubProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = HubName.Parse(TorchVisionWeights.Twin(model) ?? model)?.Candidates().First()
            ?? throw new ArgumentException(
                $"\"{model}\" is not a valid model name on the hub: "
                + "give OWNER/NAME, optionally with @REVISION for a branch, tag or commit.",
                nameof(model));
        if (Cached(name, files) is { } cached && (_options.Offline || name.IsCommit))
        {
            return cached;
        }

        return _options.Offline
            ? throw new HubException(
                HubFailure.Offline,
                $"{name} is not in the cache at {_options.Cache}, and HF_HUB_OFFLINE forbids downloads: unset it, or copy the model there.")
            : await new HubPull(_requests, _options, name, files, progress).RunAsync(Usual, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();

    private HubSnapshot? Cached(HubName name, HubFiles files)
    {
        var folder = new HubRepository(_options.Cache, name.Repository).Find(name.Revision);
        return folder is not null && SnapshotContent.IsWhole(folder, files) ? SnapshotContent.Describe(name.Repository, folder) : null;
    }
}
