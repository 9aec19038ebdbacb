using System.Buffers.Text;
using Microsoft.Extensions.AI;

namespace Simile.Server.Http;

/// <summary>Reads data URIs of pictures and sounds.</summary>
internal static class DataUri
{
    /// <summary>The content of <c>data:image/png;base64,…</c>.</summary>
    /// <exception cref="RequestFailure">It is a URL, of another kind, or not valid.</exception>
    public static DataContent Read(string uri, MediaKind kind)
    {
        var type = kind == MediaKind.Image ? "image" : "audio";
        if (!uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong(Uri.TryCreate(uri, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? "This server does not fetch URLs: send the file itself as a data URI."
                : $"Send the file as a data URI: data:{type}/…;base64,….");
        }

        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        var head = comma < 0 ? string.Empty : uri[5..comma];
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            || !head.StartsWith(type + "/", StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong($"The data URI must begin with data:{type}/…;base64,.");
        }

        return new DataContent(Bytes(uri.AsSpan(comma + 1)), head.Split(';')[0].ToLowerInvariant());
    }

    private static byte[] Bytes(ReadOnlySpan<char> text)
    {
        if (!Base64.IsValid(text, out var length) || length == 0)
        {
            throw Wrong("The base64 of a data URI is not valid.");
        }

        var bytes = new byte[length];
        return Convert.TryFromBase64Chars(text, bytes, out _) ? bytes : throw Wrong("The base64 of a data URI is not valid.");
    }

    private static RequestFailure Wrong(string message) => new(FailureKind.Validation, message) { Param = "input" };
}
