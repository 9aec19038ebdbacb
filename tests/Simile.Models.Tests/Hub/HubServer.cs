using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Simile.Models.Tests;

/// <summary>A hub on this machine, which answers as huggingface.co does, or as badly as a test wants. One request a connection.</summary>
internal sealed class HubServer : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, (byte[] Content, bool IsLarge)> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<HubRequest> _requests = new();

    public HubServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Repository { get; init; } = "some/model";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Endpoint => new($"http://127.0.0.1:{Port}");

    /// <summary>What came so far.</summary>
    public HubRequest[] Requests => [.. _requests];

    /// <summary>Whether the listing names lengths and hashes.</summary>
    public bool ListsBlobs { get; set; } = true;

    /// <summary>Changes an answer; gives null to close the connection without one.</summary>
    public Func<HubRequest, HubReply, HubReply?> Change { get; set; } = (_, reply) => reply;

    public HubServer Add(string path, byte[] content, bool isLarge = false)
    {
        _files[path] = (content, isLarge);
        return this;
    }

    public HubServer Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Puts a folder's files there, those of more than 4,096 bytes as large ones.</summary>
    public HubServer AddFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var content = File.ReadAllBytes(file);
            Add(Path.GetRelativePath(folder, file).Replace('\\', '/'), content, content.Length > 4096);
        }

        return this;
    }

    public byte[] Content(string path) => _files[path].Content;

    /// <summary>What the cache names a file by.</summary>
    public string Etag(string path) =>
        _files[path] is var (content, isLarge) && isLarge ? Convert.ToHexStringLower(SHA256.HashData(content)) : GitHash(content);

    // SHA-1 is git's choice.
#pragma warning disable CA5350
    public static string GitHash(byte[] content) =>
        Convert.ToHexStringLower(SHA1.HashData(
            [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")), .. content]));
#pragma warning restore CA5350

    public HubOptions Options(string cache) => new()
    {
        Endpoint = Endpoint,
        Cache = cache,
        Token = null,
        Offline = false,
        NoLinks = false,
        Pause = TimeSpan.FromMilliseconds(1),
        Timeout = TimeSpan.FromSeconds(10),
    };

    public void Dispose()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
            _listener.Stop();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var request = await HubRequest.ReadAsync(socket);
                _requests.Enqueue(request);
                if (Change(request, Answer(request)) is { } reply)
                {
                    await reply.SendAsync(socket, request.Method == "HEAD", _stop.Token);
                }
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client is gone.
            }
        }
    }

    private HubReply Answer(HubRequest request)
    {
        var path = request.Path.Split('?')[0];
        return path == "/api/models" ? Json(
            200, """[{"id":"some/model","pipeline_tag":"sentence-similarity","downloads":5,"likes":2,"tags":["bert","license:mit"]}]""")
            : path == $"/api/models/{Repository}/revision/main" || path == $"/api/models/{Repository}/revision/{Commit}" ? Json(
                200, Listing())
            : path.StartsWith($"/api/models/{Repository}/", StringComparison.Ordinal) ? Error(404, "RevisionNotFound")
            : path.StartsWith("/api/models/", StringComparison.Ordinal) ? Error(401, "RepoNotFound")
            : path.StartsWith("/storage/", StringComparison.Ordinal) ? Body(
                request,
                _files.Values.First(file => Convert.ToHexStringLower(SHA256.HashData(file.Content)) == path["/storage/".Length..]).Content)
            : path.StartsWith($"/{Repository}/resolve/{Commit}/", StringComparison.Ordinal) ? Resolve(
                request, Uri.UnescapeDataString(path[$"/{Repository}/resolve/{Commit}/".Length..]))
            : Error(404, "RepoNotFound");
    }

    // The storage has another name, as the hub's has.
    private HubReply Resolve(HubRequest request, string path)
    {
        if (!_files.TryGetValue(path, out var file))
        {
            return Error(404, "EntryNotFound");
        }

        var reply = file.IsLarge ? new HubReply(302, []) : Body(request, file.Content);
        reply.Headers["X-Repo-Commit"] = Commit;
        reply.Headers[file.IsLarge ? "X-Linked-Etag" : "ETag"] = $"\"{Etag(path)}\"";
        if (file.IsLarge)
        {
            reply.Headers["X-Linked-Size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture);
            reply.Headers["Location"] = $"http://localhost:{Port}/storage/{Etag(path)}";
        }

        return reply;
    }

    private static HubReply Body(HubRequest request, byte[] content)
    {
        if (request.RangeFrom is not { } from)
        {
            return new HubReply(200, content);
        }

        if (from >= content.Length)
        {
            return new HubReply(416, []);
        }

        var part = new HubReply(206, content[from..]);
        part.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{content.Length - 1}/{content.Length}");
        return part;
    }

    private string Listing() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["sha"] = Commit,
        ["siblings"] = _files.Select(file => !ListsBlobs ? new Dictionary<string, object> { ["rfilename"] = file.Key }
            : file.Value.IsLarge
                ? new Dictionary<string, object>
                {
                    ["rfilename"] = file.Key,
                    ["size"] = file.Value.Content.Length,
                    ["blobId"] = new string('0', 40),
                    ["lfs"] = new Dictionary<string, object>
                    {
                        ["sha256"] = Etag(file.Key),
                        ["size"] = file.Value.Content.Length,
                        ["pointerSize"] = 130,
                    },
                }
                : new Dictionary<string, object>
                {
                    ["rfilename"] = file.Key,
                    ["size"] = file.Value.Content.Length,
                    ["blobId"] = Etag(file.Key),
                })
                    .ToArray(),
    });

    private static HubReply Json(int status, string text) => new(status, Encoding.UTF8.GetBytes(text));

    private static HubReply Error(int status, string code) => new(status, []) { Headers = { ["X-Error-Code"] = code } };
}
