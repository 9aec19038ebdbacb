using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>What a pull brings, and where it puts it.</summary>
public sealed class PullTests : IDisposable
{
    private readonly string _cache = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task The_cache_is_laid_out_as_the_Python_client_does_it()
    {
        using var server = SmallModel();
        using var hub = new HubClient(server.Options(_cache));
        var made = await hub.PullAsync("some/model");
        var repository = Path.Combine(_cache, "models--some--model");
        Assert.Equal(Path.Combine(repository, "snapshots", HubServer.Commit), made.Folder);
        Assert.Equal(HubServer.Commit, File.ReadAllText(Path.Combine(repository, "refs", "main")));
        foreach (var path in new[] { "config.json", "model.safetensors", "tokenizer.json", "1_Pooling/config.json" })
        {
            var link = Path.Combine(made.Folder, path);
            var up = path.Contains('/', StringComparison.Ordinal) ? "../../../blobs/" : "../../blobs/";
            Assert.Equal(up + server.Etag(path), new FileInfo(link).LinkTarget);
            Assert.Equal(server.Content(path), File.ReadAllBytes(Path.Combine(repository, "blobs", server.Etag(path))));
            Assert.True(File.Exists(Path.Combine(_cache, ".locks", "models--some--model", server.Etag(path) + ".lock")));
        }

        Assert.True(File.Exists(Path.Combine(repository, ".no_exist", HubServer.Commit, "vocab.txt")));
        Assert.False(File.Exists(Path.Combine(repository, ".no_exist", HubServer.Commit, "config.json")));
        Assert.Empty(Directory.EnumerateFiles(_cache, "*.incomplete", SearchOption.AllDirectories));
        Assert.Equal(
            ["blobs", "refs", "snapshots", ".no_exist"],
            Directory.EnumerateDirectories(repository).Select(Path.GetFileName).OrderBy(name => name![0] == '.').ThenBy(name => name));
    }

    [Fact]
    public async Task A_second_pull_brings_nothing()
    {
        using var server = SmallModel();
        using var hub = new HubClient(server.Options(_cache));
        var first = await hub.PullAsync("some/model");
        // the guides are brought before the others are counted
        Assert.Equal(first.Bytes, first.Transferred + server.Content("config.json").Length + server.Content("modules.json").Length);
        var requests = server.Requests.Length;
        var second = await hub.PullAsync("some/model");
        Assert.Equal((0, first.Folder), (second.Transferred, second.Folder));
        Assert.Equal(requests + 1, server.Requests.Length);
        Assert.Equal(first.Folder, (await hub.PullAsync($"some/model@{HubServer.Commit}")).Folder);
        Assert.Equal(requests + 1, server.Requests.Length); // a commit never changes
    }

    [Fact]
    public async Task Lengths_and_hashes_that_are_not_listed_are_asked_for()
    {
        using var server = SmallModel();
        server.ListsBlobs = false;
        using var hub = new HubClient(server.Options(_cache));
        var made = await hub.PullAsync("some/model");
        Assert.Equal(
            "../../blobs/" + server.Etag("model.safetensors"), new FileInfo(Path.Combine(made.Folder, "model.safetensors")).LinkTarget);
        Assert.Contains(server.Requests, request => request.Method == "HEAD");
    }

    [Fact]
    public async Task Copies_take_the_place_of_links_where_none_are_wanted()
    {
        using var server = SmallModel().Add("vocab.txt", "the same").Add("merges.txt", "the same");
        using var hub = new HubClient(server.Options(_cache) with { NoLinks = true });
        var made = await hub.PullAsync("some/model");
        foreach (var path in new[] { "config.json", "model.safetensors", "1_Pooling/config.json", "vocab.txt", "merges.txt" })
        {
            Assert.Null(new FileInfo(Path.Combine(made.Folder, path)).LinkTarget);
            Assert.Equal(server.Content(path), File.ReadAllBytes(Path.Combine(made.Folder, path)));
        }

        Assert.Equal(0, (await hub.PullAsync("some/model")).Transferred);
    }

    [Fact]
    public async Task A_tokenizer_is_pulled_without_weights_and_the_weights_are_added_later()
    {
        using var server = SmallModel();
        using var hub = new HubClient(server.Options(_cache));
        var tokenizer = await hub.PullAsync("some/model", HubFiles.Tokenizer);
        Assert.True(File.Exists(Path.Combine(tokenizer.Folder, "tokenizer.json")));
        Assert.False(File.Exists(Path.Combine(tokenizer.Folder, "model.safetensors")));
        Assert.False(SnapshotContent.IsWhole(tokenizer.Folder, HubFiles.Model));
        var model = await hub.PullAsync("some/model");
        Assert.Equal(tokenizer.Folder, model.Folder);
        Assert.True(SnapshotContent.IsWhole(model.Folder, HubFiles.Model));
    }

    [Fact]
    public async Task An_old_name_follows_the_hub_to_its_owner_and_keeps_its_own_place()
    {
        using var server = new HubServer { Repository = "openai-community/gpt2" }.Add("config.json", "{}")
            .Add("model.safetensors", Noise(9_000), isLarge: true);
        server.Change =
            (request, reply) => request.Path.Contains("openai-community", StringComparison.Ordinal) || request.IsOfStorage ? reply
                : new HubReply(307, [])
                {
                    Headers = { ["Location"] = request.Path.Replace("gpt2", "openai-community/gpt2", StringComparison.Ordinal) },
                };
        using var hub = new HubClient(server.Options(_cache));
        Assert.StartsWith(Path.Combine(_cache, "models--gpt2"), (await hub.PullAsync("gpt2")).Folder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_alone()
    {
        using var server = SmallModel();
        using var hub = new HubClient(server.Options(_cache) with { Token = "hf_secret" });
        await hub.PullAsync("some/model");
        Assert.Contains(server.Requests, request => request.IsOfStorage);
        Assert.All(
            server.Requests,
            request => Assert.Equal(request.IsOfStorage ? null : "Bearer hf_secret", request.Headers.GetValueOrDefault("Authorization")));
    }

    [Fact]
    public async Task What_the_cache_holds_is_found_without_a_socket()
    {
        using var server = SmallModel();
        using (var hub = new HubClient(server.Options(_cache)))
        {
            await hub.PullAsync("some/model");
        }

        var asked = server.Requests.Length;
        using var offline = new HubClient(server.Options(_cache) with { Offline = true });
        Assert.StartsWith(_cache, await offline.FindAsync("some/model"), StringComparison.Ordinal);
        Assert.StartsWith(_cache, (await offline.PullAsync("some/model")).Folder, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<HubException>(() => offline.PullAsync("other/model"));
        Assert.Equal(HubFailure.Offline, missing.Failure);
        Assert.Equal(HubFailure.Offline, (await Assert.ThrowsAsync<HubException>(() => offline.SearchAsync("words"))).Failure);
        using var online = new HubClient(server.Options(_cache));
        await online.FindAsync("some/model");
        Assert.Equal(asked, server.Requests.Length);
    }

    [Fact]
    public async Task A_snapshot_that_Python_left_half_is_completed()
    {
        using var server = SmallModel();
        var snapshot = Directory.CreateDirectory(Path.Combine(_cache, "models--some--model", "snapshots", HubServer.Commit)).FullName;
        var blobs = Directory.CreateDirectory(Path.Combine(_cache, "models--some--model", "blobs")).FullName;
        File.WriteAllBytes(Path.Combine(blobs, server.Etag("config.json")), server.Content("config.json"));
        File.CreateSymbolicLink(Path.Combine(snapshot, "config.json"), "../../blobs/" + server.Etag("config.json"));
        File.CreateSymbolicLink(Path.Combine(snapshot, "tokenizer.json"), "../../blobs/" + server.Etag("tokenizer.json")); // leads nowhere
        var half = server.Content("model.safetensors")[..5_000];
        File.WriteAllBytes(Path.Combine(blobs, server.Etag("model.safetensors") + ".incomplete"), half);
        using var hub = new HubClient(server.Options(_cache));
        var place = await hub.FindAsync("some/model");
        Assert.Equal(snapshot, place);
        Assert.Equal(server.Content("model.safetensors"), File.ReadAllBytes(Path.Combine(place, "model.safetensors")));
        Assert.Equal(server.Content("tokenizer.json"), File.ReadAllBytes(Path.Combine(place, "tokenizer.json")));
        Assert.Contains(server.Requests, request => request.RangeFrom == 5_000);
    }

    [Fact]
    public async Task Progress_ends_at_all_bytes_and_files()
    {
        using var server = SmallModel();
        using var hub = new HubClient(server.Options(_cache));
        var reports = new Reports();
        var made = await hub.PullAsync("some/model", progress: reports);
        var last = reports.All[^1];
        Assert.Equal((made.Bytes, made.Bytes, made.Files, made.Files), (last.Bytes, last.TotalBytes, last.Files, last.TotalFiles));
        Assert.All(reports.All, report => Assert.InRange(report.Bytes, 0, report.TotalBytes));
    }

    [Fact]
    public async Task Search_lists_what_the_hub_finds()
    {
        using var server = SmallModel();
        using var hub = new HubClient(server.Options(_cache));
        Assert.Equal(
            [new HubSearchResult("some/model", "sentence-similarity", "mit", 5, 2)],
            await hub.SearchAsync("small model", 3, "sentence-similarity"));
        Assert.Equal(
            "/api/models?search=small%20model&sort=downloads&direction=-1&limit=3&pipeline_tag=sentence-similarity",
            server.Requests[^1].Path);
    }

    [Fact]
    public async Task A_model_is_pulled_and_loaded_and_gives_the_vectors_of_its_folder()
    {
        var folder = Assets.Require("golden/architectures/st_mean");
        using var server = new HubServer().AddFolder(folder);
        using var pulled = await TextEmbedder.LoadAsync("some/model", hub: server.Options(_cache));
        using var there = TextEmbedder.Load(folder);
        Assert.Equal(there.Embed("A man is playing a guitar."), pulled.Embed("A man is playing a guitar."));
    }

    internal static HubServer SmallModel() => new HubServer()
        .Add("config.json", """{"model_type": "bert"}""")
        .Add(
            "modules.json",
            """[{"path": "", "type": "sentence_transformers.models.Transformer"}"""
            + """, {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""")
        .Add("1_Pooling/config.json", "{}")
        .Add("tokenizer.json", """{"version": "1.0"}""")
        .Add("model.safetensors", Noise(300_000), isLarge: true)
        .Add("pytorch_model.bin", Noise(300_001), isLarge: true)
        .Add("onnx/model.onnx", Noise(300_002), isLarge: true);

    internal static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class Reports : IProgress<HubProgress>
    {
        public List<HubProgress> All { get; } = [];

        public void Report(HubProgress value)
        {
            lock (All)
            {
                All.Add(value);
            }
        }
    }
}
