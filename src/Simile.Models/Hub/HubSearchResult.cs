using System.Text.Json;

namespace Simile.Models;

/// <summary>A model that the hub found.</summary>
/// <param name="Name">Owner and name.</param>
/// <param name="Task">What it is for, such as <c>sentence-similarity</c>; null where its card does not say.</param>
/// <param name="License">Its license as its card names it; null where it does not.</param>
/// <param name="Downloads">Downloads of the last 30 days.</param>
/// <param name="Likes">Number of likes.</param>
public sealed record HubSearchResult(string Name, string? Task, string? License, long Downloads, long Likes)
{
    private const string LicenseTag = "license:";

    internal static HubSearchResult Read(JsonElement model)
    {
        var tags = JsonFile.Optional(model, "tags") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.GetString()!)
            : [];
        return new HubSearchResult(
            Quoted.Of(JsonFile.FreeText(model, "id") ?? JsonFile.FreeText(model, "modelId") ?? string.Empty),
            JsonFile.FreeText(model, "pipeline_tag"),
            tags.FirstOrDefault(tag => tag.StartsWith(LicenseTag, StringComparison.Ordinal))?[LicenseTag.Length..],
            Number(model, "downloads"),
            Number(model, "likes"));
    }

    private static long Number(JsonElement model, string name) =>
        JsonFile.Optional(model, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;
}
