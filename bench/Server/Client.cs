using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace Server;

/// <summary>Sends texts to a server over several connections.</summary>
internal static class Client
{
    /// <summary>Sends all texts, some in a request, by a number of senders at once.</summary>
    public static async Task SendAllAsync(HttpClient client, string[] texts, int inRequest, int senders)
    {
        var requests = new ConcurrentQueue<string[]>(texts.Chunk(inRequest));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            while (requests.TryDequeue(out var input))
            {
                var status = await SendAsync(client, input);
                if (status != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"The server answered {status}.");
                }
            }
        }));
    }

    public static async Task<HttpStatusCode> SendAsync(HttpClient client, string[] input)
    {
        using var response = await client.PostAsJsonAsync("v1/embeddings", new { input, encoding_format = "base64" });
        await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode;
    }
}
