using System.Buffers;
using System.Net;

namespace Simile.Models;

/// <summary>
/// Downloads one file of a repository into the cache. Holds the file's lock, resumes an interrupted download, and verifies the hash.
/// </summary>
internal sealed class BlobDownload(
    HubRequests requests, HubRepository place, HubName name, RepositoryFile file, Uri address, TransferMeter meter, HubOptions options)
{
    private const int BufferBytes = 1 << 17;
    private const int MostRestarts = 2;
    private long _furthest;
    private int _restarts;

    /// <summary>Downloads the file; returns at once if the cache has it.</summary>
    /// <exception cref="HubException">The download failed, or the content is not what the hub announced.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var blob = place.Blob(file.Etag!);
        if (!File.Exists(blob))
        {
            Directory.CreateDirectory(place.Blobs);
            using var held = await CacheLock.TakeAsync(place.Lock(file.Etag!), meter.Waits, cancellationToken).ConfigureAwait(false);
            if (!File.Exists(blob))
            {
                await DownloadAsync(blob, cancellationToken).ConfigureAwait(false);
                meter.Finish();
                return;
            }
        }

        meter.Earlier(file.Bytes ?? 0);
        meter.Finish();
    }

    private async Task DownloadAsync(string blob, CancellationToken cancellationToken)
    {
        using var partial = new PartialFile(blob, file);
        await partial.ResumeAsync(cancellationToken).ConfigureAwait(false);
        meter.Earlier(partial.Length);
        do
        {
            if (!partial.IsFull)
            {
                await HubRetries.RunAsync(
                    options, () => AttemptAsync(partial, cancellationToken), () => _furthest, cancellationToken).ConfigureAwait(false);
            }
        }
        while (!IsRight(partial));
        partial.Commit();
    }

    private bool IsRight(PartialFile partial)
    {
        if (partial.HasRightHash())
        {
            return true;
        }

        Restart(partial, "does not match the hash that the hub gives");
        return false;
    }

    private async Task<bool> AttemptAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        using var response = await requests.GetAsync(address, name, partial.Length, cancellationToken).ConfigureAwait(false);
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
            || (response.StatusCode == HttpStatusCode.PartialContent && range?.From != partial.Length))
        {
            Restart(partial, "cannot be resumed");
            throw Again("the download starts again");
        }

        if (partial.Length > 0 && response.StatusCode != HttpStatusCode.PartialContent)
        {
            Clear(partial); // the hub sends the whole file
        }

        var length = range?.Length ?? response.Content.Headers.ContentLength + partial.Length;
        partial.Expect(length);
        if (length is not null && length != partial.Expected)
        {
            Restart(partial, $"is announced with {partial.Expected:N0} bytes but sent with {length:N0}");
            throw Again("its length was wrong");
        }

        await CopyAsync(response, partial, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task CopyAsync(HttpResponseMessage response, PartialFile partial, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            while (await ReadAsync(content, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                if (partial.Length + read > partial.Expected)
                {
                    Restart(partial, $"is longer than the {partial.Expected:N0} bytes that the hub announced");
                    throw Again("it was too long");
                }

                await partial.AddAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                _furthest = Math.Max(_furthest, partial.Length);
                meter.Came(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (partial.Expected is { } expected && partial.Length < expected)
        {
            throw Again($"it ended after {partial.Length:N0} of {expected:N0} bytes");
        }
    }

    private async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            return await content.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw HubErrors.Late(address, options.Timeout, e);
        }
        catch (IOException e)
        {
            throw HubErrors.Unreachable(address, e);
        }
    }

    private void Restart(PartialFile partial, string why)
    {
        Clear(partial);
        _furthest = 0;
        if (++_restarts > MostRestarts)
        {
            throw new HubException(
                HubFailure.Damaged,
                $"{file.Path} of {name} {why}, {_restarts} times: a proxy or a mirror may have changed it; "
                + "pull again, or use another network.");
        }
    }

    private void Clear(PartialFile partial)
    {
        meter.TakeBack(partial.Length);
        partial.Clear();
    }

    private HubException Again(string why) =>
        new(HubFailure.Damaged, $"{file.Path} of {name} was not downloaded completely: {why}. Pull again; what has arrived is kept.")
        {
            IsTransient = true,
        };
}
