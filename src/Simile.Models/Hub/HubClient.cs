using System.Text.Json;

namespace Simile.Models;

/// <summary>Pulls models from a hub, huggingface.co or one that answers as it does, into the cache that Python's huggingface_hub uses.</summary>
/// <remarks>
/// Thread-safe. Owns its connections: dispose it. A file comes under a lock that other processes wait for, goes on where an earlier pull stopped, and
/// gets its place when its hash is right; a snapshot appears when all its files are there. Files of the Xet storage come by its plain addresses.
/// </remarks>
public sealed partial class HubClient : IDisposable
{
    // The files that the Python libraries ask for of most models: the cache notes which of them are not there, so that they need no network to know.
    private static readonly string[] Usual =
    [
        "added_tokens.json", "chat_template.jinja", "chat_template.json", "config.json", "modules.json", "preprocessor_config.json", "processor_config.json", "special_tokens_map.json",
        "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.txt",
    ];

    private readonly HubOptions _options;
    private readonly HubRequests _requests;

    /// <summary>A client with the environment's settings.</summary>
    public HubClient()
        : this(new HubOptions())
    {
    }

    /// <summary>A client.</summary>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public HubClient(HubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _requests) = (options, new HubRequests(options));
    }

    /// <summary>Pulls what is needed of a model, unless the cache has it.</summary>
    /// <param name="model">
    /// <c>OWNER/NAME</c>, with <c>@REVISION</c> for a branch, tag or commit; an old name without an owner (<c>gpt2</c>); or the name of a model
    /// of sentence-transformers without it; or a network of torchvision (<c>resnet18</c>), which is timm's repository of the same numbers.
    /// </param>
    /// <param name="files">Which files.</param>
    /// <param name="progress">Optional progress callback, about ten times a second.</param>
    /// <param name="cancellationToken">Stops the pull; what has come is kept and gone on with by the next one.</param>
    /// <returns>Where the model is.</returns>
    /// <exception cref="ArgumentException">No model could have this name.</exception>
    /// <exception cref="HubException">The model cannot be had.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<HubSnapshot> PullAsync(string model, HubFiles files = HubFiles.Model, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = HubName.Parse(TorchVisionWeights.Twin(model) ?? model)?.Candidates().First()
            ?? throw new ArgumentException($"\"{model}\" cannot be the name of a model on the hub: it is OWNER/NAME, with @REVISION behind it for a branch, tag or commit.", nameof(model));
        if (Cached(name, files) is { } cached && (_options.Offline || name.IsCommit))
        {
            return cached;
        }

        return _options.Offline
            ? throw new HubException(HubFailure.Offline, $"{name} is not in the cache at {_options.Cache}, and HF_HUB_OFFLINE forbids to pull it: unset it, or copy the model there.")
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
