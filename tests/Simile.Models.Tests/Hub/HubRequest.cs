using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Simile.Models.Tests;

/// <summary>The head of a request.</summary>
internal sealed record HubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte that is wanted; null where no range is.</summary>
    public int? RangeFrom =>
        Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : null;

    public bool IsOfStorage => Path.StartsWith("/storage/", StringComparison.Ordinal);

    public static async Task<HubRequest> ReadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            _ = await socket.ReceiveAsync(one) > 0
                ? head.Append((char)one[0])
                : throw new IOException("The client has closed the connection.");
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        return new HubRequest(words[0], words[1], lines[1..].Select(line => line.Split(": ", 2))
            .ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase));
    }
}
