using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>A real checkpoint against what sentence-transformers says of it (the assets' manifest).</summary>
public class MiniLmTests
{
    [Theory]
    [InlineData("en", .8696, .8672)]
    [InlineData("zh", .4781, .4874)]
    public void Sts_benchmark_is_the_reference_s_own(string language, double pearson, double spearman)
    {
        using var model = TextEmbedder.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        var (ours, ranks) = StsBenchmark.Dev(language).Evaluate(model);
        Assert.Equal(pearson, ours, .001);
        Assert.Equal(spearman, ranks, .001);
    }

    [Theory]
    [InlineData("models/all-MiniLM-L6-v2")]
    public void Shirts_are_more_alike_than_a_horse(string folder)
    {
        using var model = TextEmbedder.Load(folder == TextEmbedder.BuiltIn ? folder : Assets.Require(folder));
        var v = model.Embed(["pink short sleeve top", "pink long sleeve shirt", "man riding a horse"]);
        var shirts = Cosine(v[0], v[1]);
        Assert.True(shirts > Cosine(v[0], v[2]) && shirts > Cosine(v[1], v[2]));
    }

    [Fact]
    public void A_vector_is_the_same_whatever_stands_beside_it()
    {
        using var model = TextEmbedder.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        var texts = StsBenchmark.Dev("en").First[..60].Append(string.Empty)
            .Append(string.Concat(Enumerable.Repeat("a very long text ", 3000)))
            .ToArray();
        var together = model.Embed(texts);
        var worst = 0f;
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = model.Embed(texts[i]);
            for (var j = 0; j < alone.Length; j++)
            {
                worst = Math.Max(worst, Math.Abs(alone[j] - together[i][j]));
            }
        }

        Assert.True(worst <= 1e-5f, $"The largest difference is {worst}.");
    }

    private static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(a, b);
}
