using System.Text.Json;

namespace Simile.Models;

/// <content>Searching.</content>
public sealed partial class HubClient
{
    private const int MostResults = 1000;

    /// <summary>Finds models whose names or cards contain all words, most downloaded first.</summary>
    /// <param name="words">The words.</param>
    /// <param name="top">Maximum number of results, 1 to 1,000.</param>
    /// <param name="task">
    /// Optional task, as the hub names it, such as <c>sentence-similarity</c> or <c>text-classification</c>; null for any.
    /// </param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="HubException">The request failed.</exception>
    public async Task<IReadOnlyList<HubSearchResult>> SearchAsync(
        string words, int top = 20, string? task = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, MostResults);
        _ = _options.Offline
            ? throw new HubException(
                HubFailure.Offline, "HF_HUB_OFFLINE forbids requests to the hub: unset it, or run \"simile models list\".")
            : 0;
        var filter = task is null ? string.Empty : $"&pipeline_tag={Uri.EscapeDataString(task)}";
        var address = _requests.Address($"api/models?search={Uri.EscapeDataString(words)}&sort=downloads&direction=-1&limit={top}{filter}");
        using var answer = await HubRetries.RunAsync(
            _options,
            () => HubPull.AnswerAsync(_requests, _options, address, null, cancellationToken),
            () => 0,
            cancellationToken).ConfigureAwait(false);
        return answer.RootElement.ValueKind == JsonValueKind.Array
            ? [.. answer.RootElement.EnumerateArray().Select(HubSearchResult.Read).Where(result => result.Name.Length > 0).Take(top)]
            : throw new HubException(
                HubFailure.Damaged, $"{address.Host} did not answer with a list of models, as a hub does: check HF_ENDPOINT.");
    }
}
