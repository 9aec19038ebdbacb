using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Simile.Models.Tests;

/// <summary>An answer, and how it goes wrong.</summary>
internal sealed record HubReply(int Status, byte[] Body)
{
    private const int Chunk = 16 << 10;

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The length that the head tells; null for the true one.</summary>
    public int? ToldLength { get; init; }

    /// <summary>Bytes of the body that are sent before the connection breaks; null for all.</summary>
    public int? Sent { get; init; }

    /// <summary>Whether the rest never comes, on a connection that stays.</summary>
    public bool Stalls { get; init; }

    /// <summary>Milliseconds between parts of 16 KB.</summary>
    public int Slowness { get; init; }

    public async Task SendAsync(Socket socket, bool headOnly, CancellationToken stop)
    {
        var head = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {Status} Whatever\r\nContent-Length: {ToldLength ?? Body.Length}\r\nConnection: close\r\n"));
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);
        var end = headOnly ? 0 : Math.Min(Sent ?? Body.Length, Body.Length);
        for (var at = 0; at < end; at += Chunk)
        {
            await socket.SendAsync(Body.AsMemory(at, Math.Min(Chunk, end - at)), stop);
            await Task.Delay(Slowness, stop);
        }

        if (Stalls)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        if (end < Body.Length)
        {
            socket.LingerState = new LingerOption(true, 0); // the client gets a reset
        }
        else
        {
            socket.Shutdown(SocketShutdown.Send);
        }
    }
}
