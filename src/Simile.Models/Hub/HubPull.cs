using System.Text.Json;

namespace Simile.Models;

/// <summary>One pull: list the files, download the configuration, choose the other files, download them, create the snapshot.</summary>
internal sealed class HubPull(HubRequests requests, HubOptions options, HubName name, HubFiles wanted, IProgress<HubProgress>? progress)
{
    private const int LongestAnswer = 64 << 20;
    private readonly HubRepository _place = new(options.Cache, name.Repository);

    /// <summary>Runs it.</summary>
    /// <param name="usual">Names of files whose absence is recorded in the cache.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<HubSnapshot> RunAsync(IReadOnlyList<string> usual, CancellationToken cancellationToken)
    {
        var listing = await ListAsync(cancellationToken).ConfigureAwait(false);
        var files = await ChooseAsync(listing, cancellationToken).ConfigureAwait(false);
        var meter = new TransferMeter(files.Length, files.Sum(file => file.Bytes ?? 0), progress);
        var snapshot = new SnapshotWriter(_place, listing.Commit, options.NoLinks);
        var missing = files.Where(file => !snapshot.Has(file)).ToArray();
        foreach (var file in files.Except(missing))
        {
            meter.Earlier(file.Bytes ?? 0);
            meter.Finish();
        }

        RequireSpace(missing);
        await BringAsync(missing, listing.Commit, meter, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var folder = snapshot.Write(files);
        WriteNotes(listing, usual);
        return new HubSnapshot(
            name.Repository, listing.Commit, folder, files.Length, files.Sum(file => file.Bytes ?? 0), meter.Transferred);
    }

    private async Task<RepositoryListing> ListAsync(CancellationToken cancellationToken)
    {
        var address = requests.Address($"api/models/{name.Repository}/revision/{Uri.EscapeDataString(name.Branch)}?blobs=true");
        using var answer = await HubRetries.RunAsync(
            options,
            () => AnswerAsync(requests, options, address, name, cancellationToken),
            () => 0,
            cancellationToken).ConfigureAwait(false);
        return RepositoryListing.Read(answer.RootElement, name.Repository);
    }

    /// <summary>Requests JSON from the hub.</summary>
    /// <exception cref="HubException">The request failed, or the response is not JSON.</exception>
    public static async Task<JsonDocument> AnswerAsync(
        HubRequests requests, HubOptions options, Uri address, HubName? name, CancellationToken cancellationToken)
    {
        using var response = await requests.GetAsync(address, name, 0, cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, limit.Token).ConfigureAwait(false);
            return await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false),
                cancellationToken: limit.Token).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw new HubException(
                HubFailure.Damaged,
                $"{address.Host} did not answer with JSON, as a hub does: check HF_ENDPOINT, and whether a proxy asks for a password.",
                e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw HubErrors.Late(address, options.Timeout, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw HubErrors.Unreachable(address, e);
        }
    }

    private async Task<RepositoryFile[]> ChooseAsync(RepositoryListing listing, CancellationToken cancellationToken)
    {
        var guides = await NameAsync(
            [.. listing.Files.Where(FileSelection.IsGuide)], listing.Commit, cancellationToken).ConfigureAwait(false);
        await BringAsync(guides, listing.Commit, new TransferMeter(0, 0, null), cancellationToken).ConfigureAwait(false);
        using var config = Guide(guides, listing.Commit, "config.json");
        using var modules = Guide(guides, listing.Commit, "modules.json");
        var files = FileSelection.Of(listing.Files, wanted, config?.RootElement, modules?.RootElement);
        RequireUse(files);
        return await NameAsync(files, listing.Commit, cancellationToken).ConfigureAwait(false);
    }

    private void RequireUse(RepositoryFile[] files)
    {
        var lacks = wanted switch
        {
            HubFiles.Tokenizer when !files.Any(FileSelection.IsOfTokenizer) => "no tokenizer",
            HubFiles.Model
                when files.All(file => FileSelection.IsOfTokenizer(file) || file.Name.EndsWith(".json", StringComparison.Ordinal)
                    || file.Name.EndsWith(".md", StringComparison.Ordinal)) =>
                "no weights in a format that Simile reads (safetensors, PyTorch, ONNX)",
            _ => null,
        };
        _ = lacks is null
            ? 0
            : throw new HubException(
                HubFailure.NothingUseful,
                $"{name} holds {lacks}: take another model; the page of a model quantized for other programs (GGUF, "
                + "MLX) often names the original.");
    }

    // If the listing has no etag for a file, request it for that file, as the Python client does for all files.
    private async Task<RepositoryFile[]> NameAsync(RepositoryFile[] files, string commit, CancellationToken cancellationToken)
    {
        var named = new RepositoryFile[files.Length];
        await ParallelAsync(files.Length, async (i, token) => named[i] = files[i] is { Etag: not null, Bytes: not null } ? files[i]
            : await HubRetries.RunAsync(
                options,
                () => requests.HeadAsync(files[i], requests.Address(name, commit, files[i].Path), name, token),
                () => 0,
                token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        return named;
    }

    private Task BringAsync(RepositoryFile[] files, string commit, TransferMeter meter, CancellationToken cancellationToken) =>
        ParallelAsync(
            files.Length,
            (i, token) => new BlobDownload(requests, _place, name, files[i], requests.Address(name, commit, files[i].Path), meter, options)
                .RunAsync(token),
            cancellationToken);

    // The first failure cancels the other downloads and is the one that is thrown.
    private async Task ParallelAsync(int count, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (i, token) => await work(i, token).ConfigureAwait(false)).ConfigureAwait(false);

    private JsonDocument? Guide(RepositoryFile[] guides, string commit, string path) =>
        Array.Find(guides, guide => guide.Path == path) is not { } file ? null
            : JsonFile.Parse(File.Exists(_place.Blob(file.Etag!)) ? _place.Blob(file.Etag!) : Path.Combine(_place.Snapshot(commit), path));

    private void RequireSpace(RepositoryFile[] missing)
    {
        var needed = missing.Sum(file => file.Bytes ?? 0);
        Directory.CreateDirectory(_place.Folder);
        var free = new DriveInfo(_place.Folder).AvailableFreeSpace;
        _ = needed <= free
            ? 0
            : throw new IOException(
                $"The disk of {options.Cache} has {free:N0} bytes free, and {name} needs up to {needed:N0}: "
                + "make room, or set HF_HUB_CACHE to a folder of another disk.");
    }

    private void WriteNotes(RepositoryListing listing, IReadOnlyList<string> usual)
    {
        if (name.Branch != listing.Commit
            && !(File.Exists(_place.Ref(name.Branch)) && File.ReadAllText(_place.Ref(name.Branch)) == listing.Commit))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_place.Ref(name.Branch))!);
            WholeFile.Write(_place.Ref(name.Branch), stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(listing.Commit)));
        }

        foreach (var path in usual.Except(listing.Files.Select(file => file.Path), StringComparer.Ordinal)
            .Select(file => _place.NoExist(listing.Commit, file))
            .Where(path => !File.Exists(path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Create(path).Dispose();
        }
    }
}
