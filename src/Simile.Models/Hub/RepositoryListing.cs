using System.Text.Json;

namespace Simile.Models;

/// <summary>What the hub lists of a repository at one revision.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Files">Its files.</param>
internal sealed record RepositoryListing(string Commit, IReadOnlyList<RepositoryFile> Files)
{
    private const int MostFiles = 100_000;

    /// <summary>Reads the answer to api/models/NAME/revision/REVISION?blobs=true.</summary>
    /// <exception cref="HubException">The response is not a listing, or the path of a file leads out of the repository.</exception>
    public static RepositoryListing Read(JsonElement answer, string repository)
    {
        if (JsonFile.FreeText(answer, "sha") is not { Length: > 0 } commit || !commit.All(char.IsAsciiLetterOrDigit)
            || JsonFile.Optional(answer, "siblings") is not { ValueKind: JsonValueKind.Array } files
            || files.GetArrayLength() > MostFiles)
        {
            throw new HubException(
                HubFailure.Damaged,
                $"The hub's answer about {repository} lists no commit and files: check whether HF_ENDPOINT is the address of a hub.");
        }

        return new RepositoryListing(commit, [.. files.EnumerateArray().Select(file => ReadFile(file, repository))]);
    }

    private static RepositoryFile ReadFile(JsonElement file, string repository)
    {
        var path = JsonFile.FreeText(file, "rfilename");
        var large = JsonFile.Optional(file, "lfs") ?? default;
        var etag = JsonFile.FreeText(large, "sha256") ?? JsonFile.FreeText(large, "oid") ?? JsonFile.FreeText(file, "blobId");
        return path is not null && IsInside(path)
            ? new RepositoryFile(
                path, Length(large) ?? Length(file), etag is { Length: 40 or 64 } && etag.All(char.IsAsciiHexDigitLower) ? etag : null)
            : throw new HubException(
                HubFailure.Damaged, $"The hub lists a file of {repository} whose path leads out of its folder: nothing was pulled.");
    }

    private static long? Length(JsonElement file) =>
        JsonFile.Optional(file, "size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt64(out var bytes) && bytes >= 0
            ? bytes
            : null;

    private static bool IsInside(string path) =>
        Quoted.IsSeen(path) && !path.Contains('\\', StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal)
        && Array.TrueForAll(path.Split('/'), part => part is not ("" or "." or ".."));
}
