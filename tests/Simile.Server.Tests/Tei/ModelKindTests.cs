using System.Text.Json;
using Simile.Testing;

namespace Simile.Server.Tests.Tei;

/// <summary>Rerankers, sparse models, classifiers and token vectors, with the small models of the assets.</summary>
public sealed class ModelKindTests
{
    private static readonly string[] Documents = ["Zwei Hunde rennen über die Wiese.", "dog", "UPPER lower MiXeD"];

    [Fact]
    public async Task A_cross_encoder_ranks_texts_as_the_library_scores_them()
    {
        var folder = Assets.Require("golden/architectures/ce_bert");
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { Models = [TextEmbedder.BuiltIn, folder] });
        using var library = CrossEncoder.Load(folder);
        var scores = library.Score("dog", Documents);
        var logits = library.Logits([.. Documents.Select(document => ("dog", document))]);

        var (status, tei) = await server.PostAsync("/rerank", new { query = "dog", texts = Documents, return_text = true });
        Assert.Equal(200, status);
        Assert.Equal(scores.OrderDescending(), Scores(tei, "score"), Near);
        Assert.All(
            tei.EnumerateArray(),
            rank => Assert.Equal(Documents[rank.GetProperty("index").GetInt32()], rank.GetProperty("text").GetString()));

        var (_, raw) = await server.PostAsync("/rerank", new { query = "dog", texts = Documents, raw_scores = true });
        Assert.Equal(logits.OrderDescending(), Scores(raw, "score"), Near);

        var (_, infinity) = await server.PostAsync("/rerank", new { model = "ce_bert", query = "dog", documents = Documents, top_n = 2 });
        Assert.Equal(scores.OrderDescending().Take(2), Scores(infinity.GetProperty("results"), "relevance_score"), Near);
        Assert.Equal("ce_bert", infinity.GetProperty("model").GetString());

        var (_, cohere) = await server.PostAsync("/v2/rerank", new
        {
            model = "ce_bert",
            query = "dog",
            documents = new object[] { Documents[0], new { text = Documents[1] }, Documents[2] },
            top_n = 1,
        });
        Assert.Equal(scores.Max(), Scores(cohere.GetProperty("results"), "relevance_score").Single(), 1e-5f);
    }

    [Fact]
    public async Task A_model_of_another_kind_is_refused_by_the_sentence_of_TEI()
    {
        await using var server =
            await RunningServer.StartAsync(new SimileServerOptions { Models = [Assets.Require("golden/architectures/ce_bert")] });
        var (status, json) = await server.PostAsync("/embed", new { inputs = "x" });
        Assert.Equal((424, "model is not an embedding model"), (status, json.GetProperty("error").GetString()));
        (status, json) = await server.PostAsync("/v1/embeddings", new { model = "ce_bert", input = "x" });
        Assert.Equal((400, "model is not an embedding model"), (status, json.GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_sparse_model_gives_indices_and_values()
    {
        var folder = Assets.Require("golden/architectures/sparse_splade");
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { Models = [folder] });
        using var library = TextEmbedder.Load(folder);
        Assert.True(library.IsSparse);
        var expected = library.Embed("a dog");

        var (status, json) = await server.PostAsync("/embed_sparse", new { inputs = "a dog" });
        Assert.Equal(200, status);
        var values = json[0].EnumerateArray()
            .ToDictionary(value => value.GetProperty("index").GetInt32(), value => value.GetProperty("value").GetSingle());
        Assert.Equal(expected.Count(component => component != 0), values.Count);
        Assert.All(values, value => Assert.Equal(expected[value.Key], value.Value, 1e-5f));
        Assert.Equal(424, (await server.PostAsync("/embed", new { inputs = "a dog" })).Status);
    }

    [Fact]
    public async Task A_classifier_gives_its_labels_best_first()
    {
        var folder = Assets.NewFolder();
        try
        {
            var made = SmallClassifier.Make(Path.Combine(folder, "mood"));
            await using var server = await RunningServer.StartAsync(new SimileServerOptions { Models = [TextEmbedder.BuiltIn, made] });
            using var library = TextClassifier.Load(made);
            var expected = library.Classify("dog");

            var (status, one) = await server.PostAsync("/predict", new { inputs = "dog" });
            Assert.Equal(200, status);
            Assert.Equal(expected.OrderDescending(), Scores(one, "score"), Near);
            Assert.Equal(library.Best("dog").Label, one[0].GetProperty("label").GetString());

            var (_, pair) = await server.PostTextAsync("/predict", """{"inputs":["dog","cat"]}""");
            Assert.Equal(library.Classify([("dog", "cat")]).AsSpan().ToArray().OrderDescending(), Scores(pair, "score"), Near);
            var (_, several) = await server.PostTextAsync("/predict", """{"inputs":[["dog"],["dog","cat"]],"raw_scores":true}""");
            Assert.Equal(2, several.GetArrayLength());
            Assert.Equal(library.Logits([("dog", null)]).AsSpan().ToArray().OrderDescending(), Scores(several[0], "score"), Near);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Embed_all_gives_a_vector_for_each_token()
    {
        var folder = Assets.Require("golden/architectures/st_mean");
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { Models = [folder] });
        using var library = ContextualEmbedder.Load(folder);
        var expected = library.Embed(["a dog runs"])[0];

        var (status, json) = await server.PostAsync("/embed_all", new { inputs = new[] { "a dog runs" } });
        Assert.Equal(200, status);
        Assert.Equal(expected.Length, json[0].GetArrayLength());
        Assert.Equal(expected[0].Vector.ToArray(), json[0][0].EnumerateArray().Select(number => number.GetSingle()), Near);
    }

    [Fact]
    public async Task Texts_of_many_requests_get_the_vectors_that_they_get_alone()
    {
        var folder = Assets.Require("models/all-MiniLM-L6-v2");
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { Models = [folder], MaxBatchTokens = 256 });
        using var library = TextEmbedder.Load(folder);
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Repeat($"dog {i}", 1 + (i % 7))))];
        var answers = await Task.WhenAll(
            texts.Chunk(3).Select(some => server.PostAsync("/v1/embeddings", new { input = some, encoding_format = "base64" })));
        var vectors = answers.SelectMany(answer => answer.Json.GetProperty("data").EnumerateArray())
            .Select(item =>
                System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(item.GetProperty("embedding").GetBytesFromBase64())
                    .ToArray())
            .ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.True(Simile.Numerics.VectorMath.Cosine(library.Embed(texts[i]), vectors[i]) > 0.99999, texts[i]);
        }

        Assert.Equal(
            library.EmbedWithUsage(texts[..3]).Tokens, answers[0].Json.GetProperty("usage").GetProperty("total_tokens").GetInt64());
    }

    private static IEnumerable<float> Scores(JsonElement array, string field) =>
        array.EnumerateArray().Select(item => item.GetProperty(field).GetSingle());

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-5;
}
