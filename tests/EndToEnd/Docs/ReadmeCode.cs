using Microsoft.Extensions.AI;
using Simile.Index;
using Simile.Models;
using Simile.Numerics;

namespace EndToEnd.Docs;

/// <summary>The C# code of the pages, compiled and run.</summary>
public class ReadmeCode
{
    [Fact]
    public void Similarity_and_search()
    {
        using var embedder = TextEmbedder.Load();          // the built-in model; or a model folder

        float[] cat = embedder.Embed("a small cat");
        float[] kitten = embedder.Embed("ein Kätzchen");
        float alike = VectorMath.Cosine(cat, kitten);       // 0.8: greater is closer

        VectorMatrix texts = embedder.Embed(["pink short sleeve top", "pink long sleeve shirt", "man riding a horse"]);
        var index = new FlatIndex(Metric.Cosine, embedder.Dimensions);
        index.Add(texts);
        Hit[] hits = index.Search(embedder.Embed("a rose-coloured blouse"), k: 2);

        Assert.InRange(alike, 0.5f, 1f);
        Assert.Equal([0, 1], hits.Select(hit => hit.Id).Order());
    }

    [Fact]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1859", Justification = "The page shows the interface.")]
    public async Task Microsoft_extensions_ai()
    {
        using var embedder = TextEmbedder.Load();

        IEmbeddingGenerator<string, Embedding<float>> generator = embedder;
        var embeddings = await generator.GenerateAsync(["good morning", "buenos días"]);

        Assert.Equal(2, embeddings.Count);
    }
}
