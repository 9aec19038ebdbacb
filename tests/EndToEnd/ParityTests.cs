using System.Text.Json;
using Simile;
using Simile.Models;
using Simile.Testing;

namespace EndToEnd;

/// <summary>
/// A program that uses the library gets the tool's results: the same hits with the same scores. Each reads the other's stores.
/// </summary>
public sealed class ParityTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task With_a_model_that_has_prompts_for_questions_and_passages()
    {
        var model = Assets.Require("golden/architectures/st_prompts");
        _tool.Write("notes/a.txt", "The ostrich is a bird.\n\nIt cannot fly at all, but it runs.\n");
        _tool.Write("notes/b.txt", "Tea is hot.\n\nIce is cold, and it floats.\n");

        _tool.Run("index", "notes", "--store", "tool.simile", "--model", model).Succeeds();
        await using (var library = Corpus.Open(_tool.In("library.simile"), model))
        {
            await library.SyncAsync([_tool.In("notes")]);
            Same(
                _tool.Run("search", "which bird cannot fly", "--store", "tool.simile", "--json").Succeeds().Json,
                await library.SearchAsync("which bird cannot fly"));
        }

        // Checks that prompts change the vectors; otherwise this test would show nothing.
        using var embedder = TextEmbedder.Load(model);
        Assert.NotEqual(embedder.EmbedQuery("which bird"), embedder.Embed("which bird", "document"));

        // The tool searches and updates a store of the library, and vice versa.
        Assert.Equal(
            _tool.Run("search", "ice floats", "--store", "tool.simile", "--json").Succeeds().Output,
            _tool.Run("search", "ice floats", "--store", "library.simile", "--json").Succeeds().Output);
        Assert.Equal(
            2,
            _tool.Run("index", "notes", "--store", "library.simile", "--model", model, "--json").Succeeds().Json[0].GetProperty("unchanged")
                .GetInt32());
        await using var opened = Corpus.Open(_tool.In("tool.simile"));
        Assert.Equal(2, (await opened.SyncAsync([_tool.In("notes")])).Unchanged);
    }

    [Fact]
    public async Task With_pictures_and_sounds()
    {
        Copy("data/photos/chelsea.png", "things/chelsea.png");
        Copy("data/photos/coffee.png", "things/coffee.png");
        Copy(Directory.EnumerateFiles(Assets.Require("data/esc10"), "rain__*.wav", SearchOption.AllDirectories).First(), "things/rain.wav");
        _tool.Write("things/tea.txt", "Tea is hot.\n");
        _tool.Run("index", "things", "--store", "tool.simile").Succeeds();

        await using var library = Corpus.Open(_tool.In("library.simile"));
        await library.SyncAsync([_tool.In("things")]);
        Same(_tool.Run("search", "rain", "--store", "tool.simile", "--json").Succeeds().Json, await library.SearchAsync("rain"));
        Same(
            _tool.Run("search", "--image", "things/coffee.png", "--store", "tool.simile", "--json").Succeeds().Json,
            await library.SearchAsync(CorpusQuery.Image(_tool.In("things/coffee.png"))));
        Same(
            _tool.Run("search", "--audio", "things/rain.wav", "--store", "tool.simile", "--json").Succeeds().Json,
            await library.SearchAsync(CorpusQuery.Sound(_tool.In("things/rain.wav"))));
    }

    private static void Same(JsonElement[] tool, IReadOnlyList<CorpusHit> library)
    {
        Assert.NotEmpty(library);
        Assert.Equal(
            library.Select(hit => (Path.GetFileName(hit.Item.Path), hit.Score)),
            tool.Select(line => (Path.GetFileName(line.GetProperty("path").GetString())!, line.GetProperty("score").GetSingle())));
    }

    private void Copy(string asset, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_tool.In(name))!);
        File.Copy(Path.IsPathRooted(asset) ? asset : Assets.Require(asset), _tool.In(name));
    }
}
